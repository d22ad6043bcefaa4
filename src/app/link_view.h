// The links of the last run as one account may see them for one purpose.
//
// Values of a record are shown to the account of its own agency alone. A record under seal is shown there alone, too:
// anywhere else nothing of it is, neither its agency nor that it is among others.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/session.h"
#include "base/result.h"
#include "linkage/explain.h"
#include "linkage/purpose.h"
#include "linkage/stage.h"

namespace throughline::app {

class LinkView {
 public:
  // REQUIRES: the session outlives it. Errors: those of read_links() and terms_of().
  [[nodiscard]] static base::Result<LinkView> open(Session& session);

  [[nodiscard]] const linkage::Links& links() const { return kept_->links(); }
  [[nodiscard]] const linkage::WhoIndex& who() const { return kept_->who(); }
  [[nodiscard]] const linkage::PurposeTerms& terms() const { return terms_; }
  [[nodiscard]] bool is_hidden(const linkage::Mention& mention) const;
  [[nodiscard]] bool shows_values(const linkage::Mention& mention) const;

  // The mention of that name. Errors: "mention_unknown", "mention_ambiguous" where its row names several people;
  // "sealed" (refused, with an entry) where it stands under seal for the account.
  [[nodiscard]] base::Result<const linkage::Mention*> mention(const std::string& name) const;
  // The entity of that name, or the one it was merged into. Errors: "entity_unknown"; "sealed" where all of it is.
  [[nodiscard]] base::Result<linkage::EntityId> entity(const std::string& name) const;

  // The pair as the model weighed it. A pair that blocking never made or that was too unlikely to keep is nothing.
  [[nodiscard]] const linkage::LinkedPair* pair(const linkage::Mention& one, const linkage::Mention& other) const;
  // What people settled of it, where they did; the model's probability else; 0 for a pair that was not kept.
  [[nodiscard]] double probability(const linkage::MentionPair& pair) const;
  // How people left it; nothing where nobody judged it.
  [[nodiscard]] const linkage::ReviewedPair* review(const linkage::MentionPair& pair) const;

  // Every pair with the probability that people left it.
  [[nodiscard]] std::vector<linkage::LinkedPair> judged_pairs() const;
  // Whom to ring about a record of that agency.
  [[nodiscard]] std::string desk_of(const linkage::Mention& mention) const;

 private:
  LinkView(Session& session, std::shared_ptr<const KeptLinks> kept, linkage::PurposeTerms terms);
  [[nodiscard]] base::Error sealed(const std::string& what) const;

  Session* session_;
  std::shared_ptr<const KeptLinks> kept_;
  linkage::PurposeTerms terms_;
  std::vector<linkage::ReviewedPair> reviewed_;  // By pair.
  std::map<ledger::AgencyId, std::string> desks_;
  std::map<ledger::AgencyId, std::string> agencies_;
};

// Whether each has the shape of a record's name. What a log entry is to hold is checked first: anything else may have
// been typed. Error "mention_unknown".
[[nodiscard]] base::Result<void> check_mention_names(const std::vector<std::string>& names);

// "0.973", or "above 0.9999": a probability is never shown as certain.
[[nodiscard]] std::string probability_text(double probability);
// "harmed, in care".
[[nodiscard]] std::string capacities_text(const linkage::Mention& mention);

}  // namespace throughline::app
