#include "ledger/schema.h"

namespace throughline::ledger {

namespace {

// Rows of these tables are appended, superseded and withdrawn; none is updated but for states and dates that say so,
// and for the sealed part of an entry when it is erased.
constexpr std::string_view k_first = R"sql(
CREATE TABLE agency (
  agency_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE account (
  account_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  person_name TEXT NOT NULL,
  agency_id INTEGER NOT NULL REFERENCES agency
) STRICT;

CREATE TABLE role_grant (
  grant_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  role INTEGER NOT NULL,
  granted_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

CREATE TABLE entry (
  number INTEGER PRIMARY KEY,
  leaf BLOB NOT NULL,
  sealed BLOB
) STRICT;

CREATE TABLE node (
  level INTEGER NOT NULL,
  position INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE head (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  checkpoint TEXT NOT NULL
) STRICT;

CREATE TABLE destroyed_key (
  entry INTEGER PRIMARY KEY REFERENCES entry,
  destroyed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE batch (
  extract_no INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,
  content_hash BLOB NOT NULL,
  received_hash BLOB NOT NULL,
  source TEXT NOT NULL,
  mapping TEXT NOT NULL,
  mapping_hash BLOB NOT NULL,
  coverage TEXT NOT NULL,
  file_name TEXT NOT NULL,
  data_class INTEGER NOT NULL,
  content_bytes INTEGER NOT NULL,
  rows_read INTEGER NOT NULL,
  rows_rejected INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  announced_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  superseded_at INTEGER,
  superseded_by INTEGER REFERENCES batch,
  entry INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE UNIQUE INDEX batch_by_content ON batch (content_hash, mapping_hash) WHERE state <> 3 AND superseded_at IS NULL;
CREATE INDEX batch_by_received ON batch (received_hash);
CREATE INDEX batch_by_coverage ON batch (source, coverage);

CREATE TABLE erasure_order (
  order_id INTEGER PRIMARY KEY,
  state INTEGER NOT NULL,
  ordered_at INTEGER NOT NULL,
  executed_at INTEGER,
  basis INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE erasure_target (
  order_id INTEGER NOT NULL REFERENCES erasure_order,
  content_hash BLOB NOT NULL,
  place INTEGER NOT NULL,
  PRIMARY KEY (order_id, content_hash, place)
) STRICT, WITHOUT ROWID;
)sql";

// Who signs in how. A password, a link or an invitation is ended or spent, and another row follows it.
constexpr std::string_view k_second = R"sql(
CREATE TABLE credential (
  credential_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  passes INTEGER NOT NULL,
  memory_bytes INTEGER NOT NULL,
  salt BLOB NOT NULL,
  hash BLOB NOT NULL,
  set_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX credential_in_force ON credential (account_id) WHERE ended_at IS NULL;

CREATE TABLE invitation (
  invitation_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  kind INTEGER NOT NULL,
  token_hash BLOB NOT NULL UNIQUE,
  made_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  used_at INTEGER,
  ended_at INTEGER
) STRICT;

CREATE TABLE outside_identity (
  identity_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  bound_at INTEGER NOT NULL,
  UNIQUE (issuer, subject),
  UNIQUE (account_id, issuer)
) STRICT;
)sql";

// Who is who: entities that last, what people judged, and who used which link. A membership and a judgement end by
// naming what ended them.
constexpr std::string_view k_third = R"sql(
CREATE TABLE link_run (
  run_id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  as_of TEXT,
  inputs BLOB NOT NULL,
  settings BLOB NOT NULL,
  model TEXT NOT NULL,
  seed INTEGER NOT NULL,
  mentions INTEGER NOT NULL,
  entities INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE entity (
  entity_id INTEGER PRIMARY KEY,
  born_run INTEGER NOT NULL REFERENCES link_run
) STRICT;

CREATE TABLE entity_event (
  event_id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES link_run,
  kind INTEGER NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entity,
  other_id INTEGER REFERENCES entity,
  extract_no INTEGER,
  place INTEGER,
  item INTEGER
) STRICT;
CREATE INDEX entity_event_by_entity ON entity_event (entity_id);
CREATE INDEX entity_event_by_other ON entity_event (other_id) WHERE other_id IS NOT NULL;

CREATE TABLE membership (
  membership_id INTEGER PRIMARY KEY,
  extract_no INTEGER NOT NULL,
  place INTEGER NOT NULL,
  item INTEGER NOT NULL,
  entity_id INTEGER NOT NULL REFERENCES entity,
  from_run INTEGER NOT NULL REFERENCES link_run,
  until_run INTEGER REFERENCES link_run
) STRICT;
CREATE UNIQUE INDEX membership_in_force ON membership (extract_no, place, item) WHERE until_run IS NULL;
CREATE INDEX membership_by_entity ON membership (entity_id);

CREATE TABLE judgement (
  judgement_id INTEGER PRIMARY KEY,
  one_extract INTEGER NOT NULL,
  one_place INTEGER NOT NULL,
  one_item INTEGER NOT NULL,
  other_extract INTEGER NOT NULL,
  other_place INTEGER NOT NULL,
  other_item INTEGER NOT NULL,
  verdict INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account,
  at INTEGER NOT NULL,
  wants_second INTEGER NOT NULL,
  superseded_by INTEGER REFERENCES judgement,
  entry INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX judgement_by_pair ON judgement (one_extract, one_place, one_item, other_extract, other_place, other_item);

CREATE TABLE link_use (
  use_id INTEGER PRIMARY KEY,
  entity_id INTEGER NOT NULL REFERENCES entity,
  run_id INTEGER NOT NULL REFERENCES link_run,
  kind INTEGER NOT NULL,
  purpose INTEGER NOT NULL,
  account_id INTEGER NOT NULL REFERENCES account,
  agency_id INTEGER NOT NULL REFERENCES agency,
  at INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX link_use_by_entity ON link_use (entity_id);

CREATE TABLE desk (
  desk_id INTEGER PRIMARY KEY,
  agency_id INTEGER NOT NULL REFERENCES agency,
  text TEXT NOT NULL,
  set_at INTEGER NOT NULL,
  entry INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED
) STRICT;
)sql";

constexpr std::string_view k_keyring = R"sql(
CREATE TABLE IF NOT EXISTS payload_key (
  entry INTEGER PRIMARY KEY,
  key BLOB NOT NULL
) STRICT;
)sql";

}  // namespace

std::vector<store::Migration> ledger_migrations() {
  return {{store::StoreKind::ledger, 1, k_first},
          {store::StoreKind::ledger, 2, k_second},
          {store::StoreKind::ledger, 3, k_third}};
}

std::string_view keyring_schema() {
  return k_keyring;
}

}  // namespace throughline::ledger
