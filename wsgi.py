"""The WSGI entry point: ``app``, nothing else."""

from app import create_app

app = create_app()
