"""The secretary's page, the organiser's desk and people; imported by no feature."""
