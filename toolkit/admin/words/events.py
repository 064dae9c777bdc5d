"""What was done, in the words of staff."""

from django.utils.translation import gettext_lazy as _

from toolkit.models import Event

EVENT_NAMES = {
    Event.LOGGED_IN: _("logged in"),
    Event.LOGGED_OUT: _("logged out"),
    Event.WRONG_PASSWORD: _("wrong password"),
    Event.WRONG_CODE: _("wrong code"),
    Event.LOCKED_OUT: _("locked out for half an hour"),
    Event.SECOND_FACTOR_SET_UP: _("second step set up"),
    Event.BACKUP_CODE_USED: _("backup code used"),
    Event.SECOND_FACTOR_RESET: _("second step reset"),
    Event.ACCOUNT_MADE: _("account made"),
    Event.ACCOUNT_CHANGED: _("account changed"),
    Event.PUBLISHED: _("published"),
    Event.RESTORED: _("restored"),
    Event.KEPT_SITE: _("kept the site's text"),
    Event.USED_FILES: _("used the files' text"),
    Event.STILL_CORRECT: _("still correct"),
    Event.SENT_FOR_REVIEW: _("sent for review"),
    Event.SENT_BACK: _("sent back"),
    Event.SET_ASIDE: _("discarded"),
    Event.READ: _("read and found right"),
    Event.SETTLED: _("settled a remark"),
    Event.SET_FOR_A_DAY: _("set for a day"),
    Event.DAY_TAKEN_AWAY: _("day taken away"),
    Event.NOT_PUBLISHED: _("not published on its day"),
    Event.PAGE_BEGUN: _("began a page"),
    Event.OWNER_SET: _("set who publishes the guide"),
    Event.ADDRESS_CHANGED: _("changed the address of a page"),
    Event.READER_ASKED: _("asked someone from outside to read"),
    Event.READER_EXTENDED: _("gave an outside reader more days"),
    Event.READER_ENDED: _("took an outside reader's link back"),
}
