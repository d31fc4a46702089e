import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# An embedded site scores in this process: take up what an earlier one left unfinished.
from scoring.jobs import start_sweeper  # noqa: E402

start_sweeper()
