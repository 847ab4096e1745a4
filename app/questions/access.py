"""Who may call the author's pages; which banks, is checked by loading."""

from app.core.policy import role

AUTHOR = role("author", "organiser")

POLICY = {
    "questions.banks": AUTHOR,
    "questions.bank": AUTHOR,
    "questions.question": AUTHOR,
    "questions.change": AUTHOR,
    "questions.set_status": AUTHOR,
    "imports.start": AUTHOR,
    "imports.upload": AUTHOR,
    "imports.preview": AUTHOR,
    "imports.commit": AUTHOR,
    "imports.template": AUTHOR,
}
