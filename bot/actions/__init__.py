"""The closed list of what a dialogue may do. Flows name these; nothing else is possible."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.actions import (
    booking,
    call_time,
    contact_person,
    easy_language,
    guiding,
    own_callback,
    repairing,
    safe_calling,
    talking,
    teaching,
    telling_more,
    with_person,
)
from bot.actions.scene import Scene

Action = Callable[[Scene], Mapping[str, Any] | None]
"""Does one thing in a scene, adds its replies there, and returns the slots it sets (None empties a slot)."""

ACTIONS: Mapping[str, Action] = {
    "action_hear": guiding.hear,
    "action_hear_briefly": guiding.hear_briefly,
    "action_find_services": guiding.find_services,
    "action_show_services": guiding.show_services,
    "action_more_services": guiding.more_services,
    "action_tell_more": telling_more.tell_more,
    "action_describe_service": guiding.describe_service,
    "action_clarify": guiding.clarify,
    "action_find_contact_person": contact_person.find_contact_person,
    "action_tell_contact_person": contact_person.tell_contact_person,
    "action_note_joint_call": contact_person.note_joint_call,
    "action_explain_callback": booking.explain_callback,
    "action_choose_call_language": booking.choose_call_language,
    "action_fit_time": call_time.fit_time,
    "action_show_summary": booking.show_summary,
    "action_book_callback": booking.book_callback,
    "action_weigh_care": safe_calling.weigh_care,
    "action_hide_number": safe_calling.hide_number,
    "action_say_back_safe_call": safe_calling.say_back,
    "action_begin_safe_call": own_callback.begin_safe_call,
    "action_keep_safe_call": own_callback.keep_safe_call,
    "action_look_for_callback": own_callback.look_for_callback,
    "action_callback_status": own_callback.callback_status,
    "action_begin_move": own_callback.begin_move,
    "action_move_callback": own_callback.move_callback,
    "action_correct_callback": own_callback.correct_callback,
    "action_cancel_callback": own_callback.cancel_callback,
    "action_delete_data": own_callback.delete_data,
    "action_raise_urgency": own_callback.raise_urgency,
    "action_acknowledge_correction": talking.acknowledge_correction,
    "action_change_language": talking.change_language,
    "action_show_languages": talking.show_languages,
    "action_speak_easily": easy_language.speak_easily,
    "action_repeat": repairing.repeat,
    "action_explain": repairing.explain,
    "action_ask_after_crisis": repairing.ask_after_crisis,
    "action_crisis_again": repairing.crisis_again,
    "action_note_for_staff": repairing.note_for_staff,
    "action_look_for_person": with_person.look_for_person,
    "action_explain_closed_chat": with_person.explain_closed_chat,
    "action_ask_for_person": with_person.ask_for_person,
    "action_leave_person": with_person.leave_person,
    "action_offer_to_teach": teaching.offer_to_teach,
    "action_keep_to_teach": teaching.keep_to_teach,
}
