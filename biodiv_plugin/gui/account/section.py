"""The account in the dock: its line, and beneath it what is asked for: panel, code or help."""

from __future__ import annotations

from functools import partial
from typing import Optional

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from biodiv_plugin import settings
from biodiv_plugin.auth.session import AuthState
from biodiv_plugin.gui.account.access_assistant import AccessAssistant
from biodiv_plugin.gui.account.line import AccountLine
from biodiv_plugin.gui.account.panel import AccountPanel
from biodiv_plugin.gui.account.person_watch import PersonWatch
from biodiv_plugin.gui.account.sign_in import SignInController
from biodiv_plugin.gui.account.waiting import AccountWaiting
from biodiv_plugin.gui.drawer import Drawer
from biodiv_plugin.gui.host import Host
from biodiv_plugin.gui.notices import Notice
from biodiv_plugin.messages import explain
from biodiv_plugin.portal.access import ProfileAction
from biodiv_plugin.portal.errors import SignInFailed
from biodiv_plugin.services import Services
from biodiv_plugin.use_cases.access_advice import Seen
from biodiv_plugin.use_cases.sign_in import ACM_IDM, SignInOptions
from biodiv_plugin.use_cases.sign_out import SignedOut
from biodiv_plugin.use_cases.tell_account import tell_account

_ANOTHER_WAY = ("loopback", "browser", "timeout")  # failures that a code gets around
_NO_ACCESS = ("timeout", "access_denied")  # where help with access is what one needs


class AccountArea(QWidget):
    """Joins the account's parts to the one that signs in. Nothing here opens a window."""

    def __init__(
        self,
        services: Services,
        host: Host,
        sign_in: SignInController,
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__(parent)
        self._services, self._host, self._sign_in = services, host, sign_in
        self.line = AccountLine()
        self.waiting = AccountWaiting()
        self.panel = AccountPanel()
        self.assistant = AccessAssistant(services.environment.id)
        self.notice = Notice()
        self.watch = PersonWatch(services, host, self)
        self._with_code = self._no_browser = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.panel.hide()
        self.assistant.hide()
        drawer = Drawer(self.waiting, self.panel, self.assistant)
        for part in (self.line, self.notice, drawer):
            column.addWidget(part)
        self._connect_sign_in()
        self._connect_parts()
        self._show_session()

    def text(self) -> str:
        return self.line.text()

    def show_panel(self) -> None:
        """Show the account in full; again, and it is hidden."""
        facts = tell_account(self._services.session)
        if facts is None or self.panel.isVisibleTo(self):
            self.panel.hide()
            return
        self.panel.show_facts(facts)
        self.assistant.hide()
        self.panel.show()
        self.panel.close_button.setFocus()

    def show_assistant(self, saw: Optional[Seen] = None) -> None:
        """Show the help for who cannot get in, or sees too little."""
        self.panel.hide()
        self.notice.clear()
        self.assistant.ask(saw, self._services.session.account)

    def _connect_sign_in(self) -> None:
        self._sign_in.started.connect(self._on_started)
        self._sign_in.page_opened.connect(self.waiting.set_link)
        self._sign_in.page_not_opened.connect(self._on_no_browser)
        self._sign_in.code_given.connect(self._on_code)
        self._sign_in.failed.connect(self._tell_failure)
        self._sign_in.restore_failed.connect(self._tell_not_restored)
        self._sign_in.ended.connect(self._show_session)
        self._sign_in.signed_out.connect(self._tell_signed_out)
        self._services.session.changed.connect(self._show_session)
        self._services.session.lost.connect(self._tell_lost)

    def _connect_parts(self) -> None:
        self.line.sign_in_requested.connect(self._start)
        self.line.code_requested.connect(self._start_with_code)
        self.line.help_requested.connect(self.show_assistant)
        self.line.details_requested.connect(self.show_panel)
        self.waiting.ticked.connect(self._show_countdown)
        self.waiting.open_requested.connect(self._open_page)
        self.waiting.code_requested.connect(self._change_to_code)
        self.waiting.cancel_requested.connect(self._sign_in.cancel)
        self.waiting.help_requested.connect(self._help_while_waiting)
        for part in (self.line, self.panel):
            part.profile_requested.connect(self._open_profile)
            part.organisation_requested.connect(self._switch_organisation)
            part.sign_out_requested.connect(self._sign_in.sign_out)
        self.panel.change_requested.connect(self._sign_in.change)
        self.panel.other_account_requested.connect(self._use_another)
        self.panel.more_requested.connect(self._ask_for_more)
        self.panel.close_requested.connect(self.panel.hide)
        self.assistant.page_requested.connect(self._open_page)
        self.assistant.live_page_requested.connect(self._open_live_page)
        self.assistant.sign_in_requested.connect(self._start_anew)
        self.assistant.citizen_requested.connect(self._use_another_government)
        self.assistant.code_requested.connect(self._change_to_code)
        self.assistant.close_requested.connect(self.assistant.hide)

    def _start(self, options: Optional[SignInOptions] = None) -> None:
        self.notice.clear()
        self._sign_in.start(options)

    def _start_anew(self, options: Optional[SignInOptions] = None) -> None:
        """Start, in place of what waits for an answer that will not come."""
        self._sign_in.give_way(partial(self._start, options))

    def _start_with_code(self, options: Optional[SignInOptions] = None) -> None:
        self.notice.clear()
        self._sign_in.start_with_code(options)

    def _change_to_code(self) -> None:
        """Give up the browser, if it is being waited for, and ask for a code."""
        if not self._with_code or not self._sign_in.is_waiting():
            self._sign_in.give_way(self._start_with_code)

    def _use_another(self) -> None:
        account = self._services.session.account
        hint = ACM_IDM if account is None or account.federated else ""
        self._start(self._another(hint))

    def _use_another_government(self) -> None:
        self._start_anew(self._another(ACM_IDM))

    def _another(self, hint: str) -> SignInOptions:
        return SignInOptions(hint=hint, prompt_login=True, remember=settings.STAY_SIGNED_IN.get())

    def _switch_organisation(self) -> None:
        self._sign_in.change(ProfileAction.SWITCH_ORGANISATION)

    def _ask_for_more(self) -> None:
        self.show_assistant(Seen.NO_SENSITIVE)

    def _help_while_waiting(self) -> None:
        self.show_assistant(Seen.NO_RIGHTS)

    def _help_after(self, code: str) -> None:
        self.show_assistant(Seen.NOTHING if code == "timeout" else Seen.OTHER_ERROR)

    def _on_started(self) -> None:
        self._with_code = self._no_browser = False
        self.notice.clear()
        self.panel.hide()
        self.assistant.hide()
        self.waiting.begin(int(SignInOptions().timeout))

    def _on_no_browser(self, _url: str) -> None:
        self._no_browser = True
        self.waiting.refresh()

    def _on_code(self, code: object) -> None:
        self._with_code = True
        self.waiting.show_code(code)

    def _show_countdown(self, left: int) -> None:
        minutes, seconds = divmod(left, 60)
        if self._with_code:
            text = self.tr("Type the code on any device. It serves for {minutes}:{seconds} more.")
        elif self._no_browser:
            text = self.tr(
                "No browser could be opened. Copy the link into one, or use a code. "
                "Waiting for {minutes}:{seconds} more."
            )
        else:
            text = self.tr("Continue in the browser. Waiting for {minutes}:{seconds} more.")
        self.line.show_waiting(text.format(minutes=minutes, seconds=f"{seconds:02d}"))

    def _show_session(self, _state: object = None) -> None:
        if self._sign_in.is_waiting():
            return
        self.waiting.end()
        session = self._services.session
        if session.state is AuthState.SIGNED_IN and session.account is not None:
            self.notice.clear()
            self.line.show_account(session.account, session.kept)
            facts = tell_account(session)
            if facts is not None and self.panel.isVisibleTo(self):
                self.panel.show_facts(facts)
        else:
            self.panel.hide()
            self.line.show_signed_out()

    def _tell_failure(self, error: Exception) -> None:
        self.notice.tell(explain(error), warning=True)
        code = error.code if isinstance(error, SignInFailed) else ""
        if code in _ANOTHER_WAY:
            self.notice.offer(self.tr("Sign In with a Code"), self._start_with_code)
        if code in _NO_ACCESS:
            self.notice.offer(self.tr("Help with Access"), partial(self._help_after, code))
        if code not in _ANOTHER_WAY:
            self.notice.offer(self.tr("Show Log"), self._host.open_log)

    def _tell_not_restored(self, error: Exception) -> None:
        self.notice.tell(
            self.tr("You are still remembered, but: {reason}").format(reason=explain(error)),
            warning=True,
        )
        self.notice.offer(self.tr("Try Again"), self._sign_in.restore)

    def _tell_lost(self, _reason: str) -> None:
        self.notice.tell(
            self.tr("Your sign-in has ended. What is open still works; sign in for the rest."),
            warning=True,
        )
        self.notice.offer(self.tr("Sign In"), self._start)

    def _tell_signed_out(self, outcome: SignedOut) -> None:
        if not outcome.forgotten:
            self.notice.tell(
                self.tr(
                    "You are signed out, but the keyring of this computer could not be reached: "
                    "the next start of QGIS may find you signed in. Unlock it and sign out again."
                ),
                warning=True,
            )
        elif not outcome.revoked:
            self.notice.tell(
                self.tr(
                    "You are signed out here. The portal could not be told; "
                    "its own session ends by itself."
                ),
                warning=True,
            )
        else:
            self.notice.tell(self.tr("You are signed out. Your browser may still know you."))
        if outcome.end_session_url:
            self.notice.offer(
                self.tr("Sign Out There Too"), partial(self._open_page, outcome.end_session_url)
            )

    def _open_profile(self) -> None:
        self._services.browser(self._services.environment.service("my-profile.html"))

    def _open_live_page(self) -> None:
        self._services.browser(self._services.environment.service("pages/toegang.html"))

    def _open_page(self, address: str) -> None:
        if address.startswith("mailto:"):
            QDesktopServices.openUrl(QUrl(address))  # the mail program, not the browser
        elif not self._services.browser(address):
            self.notice.tell(
                self.tr("No browser could be opened. Copy the link in place of that."), warning=True
            )
