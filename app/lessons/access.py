"""Who may call the pages of lessons."""

from app.core.policy import SIGNED_IN, role

POLICY = {
    "lessons.index": SIGNED_IN,
    "lessons.course": SIGNED_IN,
    "lessons.page": SIGNED_IN,
    "lessons.progress": SIGNED_IN,
    "lessons.check": SIGNED_IN,
    "lessons.complete": SIGNED_IN,
    "lessons.media": SIGNED_IN,
    "organise_lessons.index": role("organiser", "author"),
    "organise_lessons.new_course": role("organiser", "author"),
    "organise_courses.page": role("organiser", "author"),
    "organise_courses.change": role("organiser", "author"),
    "organise_lessons.new_lesson": role("organiser", "author"),
    "organise_lessons.add_lesson": role("organiser", "author"),
    "organise_lessons.edit": role("organiser", "author"),
    "organise_lessons.save": role("organiser", "author"),
    "lesson_parts.upload": role("organiser", "author"),
    "lesson_parts.of_new": role("organiser", "author"),
    "lesson_parts.of_lesson": role("organiser", "author"),
}
