"""The C interface of librime (rime_api.h of 1.8.5), as far as typing needs it. Decides nothing.

librime has one state per process: one shared folder, one user folder, any number of sessions.
"""

from __future__ import annotations

import ctypes
import functools
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_size_t, c_void_p
from pathlib import Path

from kiosk.access.chinese_input import ChineseInputUnavailable

LIBRARY = "librime.so.1"
SessionId = c_size_t  # uintptr_t
LOG_FATAL = 3  # below that librime may log what is typed


class Traits(Structure):
    """`RimeTraits`: the folders, and how much is logged where."""

    _fields_ = (
        ("data_size", c_int),
        ("shared_data_dir", c_char_p),
        ("user_data_dir", c_char_p),
        ("distribution_name", c_char_p),
        ("distribution_code_name", c_char_p),
        ("distribution_version", c_char_p),
        ("app_name", c_char_p),
        ("modules", c_void_p),
        ("min_log_level", c_int),
        ("log_dir", c_char_p),
        ("prebuilt_data_dir", c_char_p),
        ("staging_dir", c_char_p),
    )


class Candidate(Structure):
    """`RimeCandidate`: UTF-8."""

    _fields_ = (("text", c_char_p), ("comment", c_char_p), ("reserved", c_void_p))


class Commit(Structure):
    """`RimeCommit`: text finished since it was last asked for."""

    _fields_ = (("data_size", c_int), ("text", c_char_p))


class Context(Structure):
    """`RimeContext`, with `RimeComposition` and `RimeMenu` laid out in it."""

    class _Composition(Structure):
        _fields_ = (
            ("length", c_int),
            ("cursor_pos", c_int),
            ("sel_start", c_int),
            ("sel_end", c_int),
            ("preedit", c_char_p),
        )

    class _Menu(Structure):
        _fields_ = (
            ("page_size", c_int),
            ("page_no", c_int),
            ("is_last_page", c_int),
            ("highlighted_candidate_index", c_int),
            ("num_candidates", c_int),
            ("candidates", POINTER(Candidate)),
            ("select_keys", c_char_p),
        )

    _fields_ = (
        ("data_size", c_int),
        ("composition", _Composition),
        ("menu", _Menu),
        ("commit_text_preview", c_char_p),
        ("select_labels", c_void_p),
    )


class CandidateList(Structure):
    """`RimeCandidateListIterator`: over all candidates, whatever page they are on."""

    _fields_ = (("ptr", c_void_p), ("index", c_int), ("candidate", Candidate))


class Config(Structure):
    """`RimeConfig`: a deployed schema, opened to be read."""

    _fields_ = (("ptr", c_void_p),)


_CALLED = {
    "setup": CFUNCTYPE(None, POINTER(Traits)),
    "initialize": CFUNCTYPE(None, POINTER(Traits)),
    "create_session": CFUNCTYPE(SessionId),
    "destroy_session": CFUNCTYPE(c_int, SessionId),
    "process_key": CFUNCTYPE(c_int, SessionId, c_int, c_int),
    "get_commit": CFUNCTYPE(c_int, SessionId, POINTER(Commit)),
    "free_commit": CFUNCTYPE(c_int, POINTER(Commit)),
    "get_context": CFUNCTYPE(c_int, SessionId, POINTER(Context)),
    "free_context": CFUNCTYPE(c_int, POINTER(Context)),
    "select_schema": CFUNCTYPE(c_int, SessionId, c_char_p),
    "schema_open": CFUNCTYPE(c_int, c_char_p, POINTER(Config)),
    "config_close": CFUNCTYPE(c_int, POINTER(Config)),
    "config_get_bool": CFUNCTYPE(c_int, POINTER(Config), c_char_p, POINTER(c_int)),
    "get_input": CFUNCTYPE(c_char_p, SessionId),
    "select_candidate": CFUNCTYPE(c_int, SessionId, c_size_t),
    "candidate_list_next": CFUNCTYPE(c_int, POINTER(CandidateList)),
    "candidate_list_end": CFUNCTYPE(None, POINTER(CandidateList)),
    "candidate_list_from_index": CFUNCTYPE(c_int, SessionId, POINTER(CandidateList), c_int),
}

# Every member of `RimeApi` up to the last one called, in the order of the header.
_MEMBERS = """
    setup set_notification_handler initialize finalize
    start_maintenance is_maintenance_mode join_maintenance_thread
    deployer_initialize prebuild deploy deploy_schema deploy_config_file sync_user_data
    create_session find_session destroy_session cleanup_stale_sessions cleanup_all_sessions
    process_key commit_composition clear_composition
    get_commit free_commit get_context free_context get_status free_status
    set_option get_option set_property get_property get_schema_list free_schema_list
    get_current_schema select_schema schema_open config_open config_close
    config_get_bool config_get_int config_get_double config_get_string config_get_cstring
    config_update_signature config_begin_map config_next config_end simulate_key_sequence
    register_module find_module run_task
    get_shared_data_dir get_user_data_dir get_sync_dir get_user_id get_user_data_sync_dir
    config_init config_load_string
    config_set_bool config_set_int config_set_double config_set_string
    config_get_item config_set_item config_clear config_create_list config_create_map
    config_list_size config_begin_list
    get_input get_caret_pos select_candidate get_version set_caret_pos
    select_candidate_on_current_page candidate_list_begin candidate_list_next candidate_list_end
    user_config_open candidate_list_from_index
"""


class Api(Structure):
    """`RimeApi`: a table of functions that librime hands out."""

    _fields_ = (
        ("data_size", c_int),
        *((name, _CALLED.get(name, c_void_p)) for name in _MEMBERS.split()),
    )


def following_bytes(record: type[Structure]) -> int:
    """What `data_size` of a record must say: the bytes that follow it (RIME_STRUCT_INIT)."""
    return ctypes.sizeof(record) - ctypes.sizeof(c_int)


@functools.cache
def start(shared_folder: Path, user_folder: Path) -> Api:
    """Load librime and start it over these folders; the same folders give what was started.

    Raises ChineseInputUnavailable when the library is missing, older than 1.8.5, or already
    started over other folders in this process.
    """
    if start.cache_info().currsize:
        raise ChineseInputUnavailable("librime serves one pair of folders in a process")
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError as error:
        raise ChineseInputUnavailable(f"{LIBRARY} cannot be loaded; run `make setup`") from error
    library.rime_get_api.restype = POINTER(Api)
    api: Api = library.rime_get_api().contents
    if api.data_size < following_bytes(Api):
        raise ChineseInputUnavailable(f"{LIBRARY} is too old; 1.8.5 or newer is needed")
    traits = Traits(
        data_size=following_bytes(Traits),
        shared_data_dir=bytes(shared_folder),
        user_data_dir=bytes(user_folder),
        distribution_name=b"Yici",
        distribution_code_name=b"yici",
        distribution_version=b"1",
        app_name=b"rime.yici",
        min_log_level=LOG_FATAL,
        log_dir=b"",  # standard error; unset, it would be files in /tmp
    )
    api.setup(ctypes.byref(traits))
    api.initialize(None)
    return api
