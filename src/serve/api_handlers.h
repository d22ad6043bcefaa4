// The functions that answer the operations, one each, by their names in the contract: the build makes handler_of() of
// them, so that an operation without its function does not compile.
#pragma once

#include "serve/api_call.h"

namespace throughline::serve {

[[nodiscard]] Answered get_session(const Call& call);
[[nodiscard]] Answered sign_out(const Call& call);
[[nodiscard]] Answered sign_in_by_link(const Call& call);
[[nodiscard]] Answered sign_in_by_password(const Call& call);
[[nodiscard]] Answered change_password(const Call& call);
[[nodiscard]] Answered accept_invitation(const Call& call);
[[nodiscard]] Answered start_agency_sign_in(const Call& call);
[[nodiscard]] Answered finish_agency_sign_in(const Call& call);
[[nodiscard]] Answered show_who_you_are(const Call& call);
[[nodiscard]] Answered choose_purpose(const Call& call);
[[nodiscard]] Answered get_home(const Call& call);
[[nodiscard]] Answered list_measures(const Call& call);
[[nodiscard]] Answered list_areas(const Call& call);
[[nodiscard]] Answered get_series(const Call& call);
[[nodiscard]] Answered get_profile(const Call& call);
[[nodiscard]] Answered check_plan(const Call& call);
[[nodiscard]] Answered check_claim(const Call& call);
[[nodiscard]] Answered get_report_claims(const Call& call);
[[nodiscard]] Answered get_claim_conflicts(const Call& call);
[[nodiscard]] Answered list_published_series(const Call& call);
[[nodiscard]] Answered get_trend(const Call& call);
[[nodiscard]] Answered list_trend_lines(const Call& call);
[[nodiscard]] Answered compare_places(const Call& call);
[[nodiscard]] Answered get_like_areas(const Call& call);
[[nodiscard]] Answered get_alerts(const Call& call);
[[nodiscard]] Answered list_definitions(const Call& call);
[[nodiscard]] Answered get_definition(const Call& call);
[[nodiscard]] Answered compare_definitions(const Call& call);
[[nodiscard]] Answered get_harm_index(const Call& call);
[[nodiscard]] Answered estimate_hidden(const Call& call);
[[nodiscard]] Answered get_treatment_gap(const Call& call);
[[nodiscard]] Answered get_sentinel(const Call& call);
[[nodiscard]] Answered get_lag(const Call& call);
[[nodiscard]] Answered get_disparity(const Call& call);
[[nodiscard]] Answered find_hot_spots(const Call& call);
[[nodiscard]] Answered get_model(const Call& call);
[[nodiscard]] Answered get_model_description(const Call& call);
[[nodiscard]] Answered read_scenario(const Call& call);
[[nodiscard]] Answered start_comparison(const Call& call);
[[nodiscard]] Answered get_comparison(const Call& call);
[[nodiscard]] Answered get_comparison_file(const Call& call);
[[nodiscard]] Answered get_trace(const Call& call);
[[nodiscard]] Answered list_extracts(const Call& call);
[[nodiscard]] Answered get_extract(const Call& call);
[[nodiscard]] Answered get_extract_rows(const Call& call);
[[nodiscard]] Answered get_extract_rejections(const Call& call);
[[nodiscard]] Answered get_record(const Call& call);
[[nodiscard]] Answered get_quality(const Call& call);
[[nodiscard]] Answered get_source_quality(const Call& call);
[[nodiscard]] Answered list_mappings(const Call& call);
[[nodiscard]] Answered get_mapping(const Call& call);
[[nodiscard]] Answered who_else_knows(const Call& call);
[[nodiscard]] Answered get_person(const Call& call);
[[nodiscard]] Answered get_person_history(const Call& call);
[[nodiscard]] Answered get_person_uses(const Call& call);
[[nodiscard]] Answered note_use(const Call& call);
[[nodiscard]] Answered get_link(const Call& call);
[[nodiscard]] Answered get_link_certificate(const Call& call);
[[nodiscard]] Answered get_linkage(const Call& call);
[[nodiscard]] Answered get_linkage_plan(const Call& call);
[[nodiscard]] Answered get_next_review(const Call& call);
[[nodiscard]] Answered judge_pair(const Call& call);
[[nodiscard]] Answered get_agreement(const Call& call);
[[nodiscard]] Answered get_accuracy(const Call& call);
[[nodiscard]] Answered list_uploads(const Call& call);
[[nodiscard]] Answered start_upload(const Call& call);
[[nodiscard]] Answered get_upload(const Call& call);
[[nodiscard]] Answered remove_upload(const Call& call);
[[nodiscard]] Answered map_upload(const Call& call);
[[nodiscard]] Answered list_jobs(const Call& call);
[[nodiscard]] Answered start_job(const Call& call);
[[nodiscard]] Answered get_job(const Call& call);
[[nodiscard]] Answered stop_job(const Call& call);
[[nodiscard]] Answered watch_job(const Call& call);
[[nodiscard]] Answered list_entries(const Call& call);
[[nodiscard]] Answered get_entry(const Call& call);
[[nodiscard]] Answered prove_entry(const Call& call);
[[nodiscard]] Answered get_checkpoint(const Call& call);
[[nodiscard]] Answered list_accounts(const Call& call);
[[nodiscard]] Answered add_account(const Call& call);
[[nodiscard]] Answered grant_role(const Call& call);
[[nodiscard]] Answered revoke_role(const Call& call);
[[nodiscard]] Answered invite_account(const Call& call);
[[nodiscard]] Answered end_sessions(const Call& call);
[[nodiscard]] Answered get_permissions(const Call& call);
[[nodiscard]] Answered search(const Call& call);
[[nodiscard]] Answered get_draft(const Call& call);
[[nodiscard]] Answered keep_draft(const Call& call);
[[nodiscard]] Answered remove_draft(const Call& call);

}  // namespace throughline::serve
