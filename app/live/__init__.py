"""The hall screen: a board on a wall, opened by a token that can be revoked."""
