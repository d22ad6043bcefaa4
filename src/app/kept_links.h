// The links of the last run as read from the stores, with everybody in them ready to be asked about.
//
// Reading them costs every record. A server keeps them from question to question (Host::links()), so that a question at
// a desk costs the records that are like the person asked about, and no others.
#pragma once

#include <utility>

#include "linkage/stage_who.h"

namespace throughline::app {

class KeptLinks {
 public:
  explicit KeptLinks(linkage::Links links) : links_(std::move(links)), who_(links_) {}
  KeptLinks(const KeptLinks&) = delete;
  KeptLinks& operator=(const KeptLinks&) = delete;

  [[nodiscard]] const linkage::Links& links() const { return links_; }
  [[nodiscard]] const linkage::WhoIndex& who() const { return who_; }

 private:
  linkage::Links links_;
  linkage::WhoIndex who_;
};

}  // namespace throughline::app
