from __future__ import annotations

import pytest
from django.db import connection


@pytest.fixture
def trial_jobs(db: None) -> None:
    """The jobs of jobs_app and their tables."""
    from tests.kernel.jobs_app.tasks import TABLES

    with connection.cursor() as cursor:
        for statement in TABLES:
            cursor.execute(statement)
