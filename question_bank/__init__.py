"""Questions as a library: types, grading, drawing papers, and reading other people's files."""
