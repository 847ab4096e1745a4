"""Who may call the author's pages; which banks, is checked by loading."""

from app.core.policy import role

AUTHOR = role("author", "organiser")

POLICY = {
    "questions.banks": AUTHOR,
    "questions.bank": AUTHOR,
    "questions.question": AUTHOR,
    "questions.change": AUTHOR,
    "questions.set_status": AUTHOR,
    "banks.create": AUTHOR,
    "banks.edit": AUTHOR,
    "banks.rename": AUTHOR,
    "banks.remove": AUTHOR,
    "writing.new": AUTHOR,
    "writing.create": AUTHOR,
    "writing.preview_new": AUTHOR,
    "writing.preview": AUTHOR,
    "writing.delete": AUTHOR,
    "imports.start": AUTHOR,
    "imports.upload": AUTHOR,
    "imports.preview": AUTHOR,
    "imports.commit": AUTHOR,
    "imports.template": AUTHOR,
}
