"""Courses and lessons: text, pictures, video, check questions, completion once."""
