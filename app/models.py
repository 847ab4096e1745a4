"""Every model, imported so that the metadata is whole wherever the application is."""

from app.competitions import models as competitions
from app.core import audit
from app.lessons import models as lessons
from app.live import models as live
from app.members import models as members
from app.organisation import models as organisation
from app.points import models as points
from app.questions import models as questions
from app.quizzes import models as quizzes

MODULES = (organisation, members, questions, points, lessons, quizzes, competitions, live, audit)
