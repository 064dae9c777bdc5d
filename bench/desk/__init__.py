"""The jobs of those who keep the guide true, done in a browser and counted; and a day of three people on 20 texts."""

import os
import tempfile

import django

os.environ["DATA_DIR"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toolkit.settings")
django.setup()  # what the people's accounts are made with (tests/staff.py) has models
