"""The secretary's page and the organiser's desk; reads every feature, imported by none."""
