"""The queue's own housekeeping."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus

from . import periodic, queue, schedule

KEEP_DONE = timedelta(days=7)
KEEP_DEAD = timedelta(days=90)


@periodic(every=timedelta(days=1), offset=timedelta(hours=2))
def forget_finished_jobs() -> None:
    """Delete done jobs after a week, dead letters after three months."""
    now = timezone.now()
    queue.jobs().filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - KEEP_DONE).delete()
    queue.dead().filter(finished_at__lt=now - KEEP_DEAD).order_by().delete()
    schedule.forget_old_slots(now)
