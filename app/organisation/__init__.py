"""The branch tree, posts, shifts and rotas. Owns no people."""
