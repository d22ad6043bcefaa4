#include "serve/api_handlers.h"

namespace throughline::serve {

// Without a default, so that an operation without its function does not compile, nor a function without its operation.
Handler handler_of(OperationId id) {
  switch (id) {
    case OperationId::get_session: return get_session;
    case OperationId::sign_out: return sign_out;
    case OperationId::sign_in_by_link: return sign_in_by_link;
    case OperationId::sign_in_by_password: return sign_in_by_password;
    case OperationId::change_password: return change_password;
    case OperationId::accept_invitation: return accept_invitation;
    case OperationId::start_agency_sign_in: return start_agency_sign_in;
    case OperationId::finish_agency_sign_in: return finish_agency_sign_in;
    case OperationId::show_who_you_are: return show_who_you_are;
    case OperationId::choose_purpose: return choose_purpose;
    case OperationId::get_home: return get_home;
    case OperationId::list_measures: return list_measures;
    case OperationId::list_areas: return list_areas;
    case OperationId::get_series: return get_series;
    case OperationId::get_trace: return get_trace;
    case OperationId::list_extracts: return list_extracts;
    case OperationId::get_extract: return get_extract;
    case OperationId::get_extract_rows: return get_extract_rows;
    case OperationId::get_extract_rejections: return get_extract_rejections;
    case OperationId::get_record: return get_record;
    case OperationId::get_quality: return get_quality;
    case OperationId::get_source_quality: return get_source_quality;
    case OperationId::list_mappings: return list_mappings;
    case OperationId::get_mapping: return get_mapping;
    case OperationId::list_uploads: return list_uploads;
    case OperationId::start_upload: return start_upload;
    case OperationId::get_upload: return get_upload;
    case OperationId::remove_upload: return remove_upload;
    case OperationId::map_upload: return map_upload;
    case OperationId::list_jobs: return list_jobs;
    case OperationId::start_job: return start_job;
    case OperationId::get_job: return get_job;
    case OperationId::stop_job: return stop_job;
    case OperationId::watch_job: return watch_job;
    case OperationId::list_entries: return list_entries;
    case OperationId::get_entry: return get_entry;
    case OperationId::prove_entry: return prove_entry;
    case OperationId::get_checkpoint: return get_checkpoint;
    case OperationId::list_accounts: return list_accounts;
    case OperationId::add_account: return add_account;
    case OperationId::grant_role: return grant_role;
    case OperationId::revoke_role: return revoke_role;
    case OperationId::invite_account: return invite_account;
    case OperationId::end_sessions: return end_sessions;
    case OperationId::get_permissions: return get_permissions;
    case OperationId::search: return search;
    case OperationId::get_draft: return get_draft;
    case OperationId::keep_draft: return keep_draft;
    case OperationId::remove_draft: return remove_draft;
  }
  return nullptr;
}

}  // namespace throughline::serve
