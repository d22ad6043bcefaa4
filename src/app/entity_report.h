// One person as linkage believes: the records behind them, their history, and who acted on their links.
#pragma once

#include "app/link_view.h"
#include "app/report.h"

namespace throughline::app {

// The records that the purpose's threshold holds together, and the links between them.
[[nodiscard]] Section entity_section(const LinkView& view, linkage::EntityId entity);

// When it began, what it was merged with and split from, and which records came and went; those that stand under seal
// elsewhere are left out.
[[nodiscard]] base::Result<Section> history_section(Session& session, const LinkView& view, linkage::EntityId entity);

// Who was shown its links or acted on them, for what, and whether the links of that run still stand.
[[nodiscard]] base::Result<Section> acted_section(Session& session, const LinkView& view, linkage::EntityId entity);

// Who looked at or acted on which people's links, written with the entry of the act. The entry is made here.
struct NotedUse {
  std::vector<linkage::EntityId> entities;
  linkage::UseKind kind = linkage::UseKind::shown;
};
[[nodiscard]] base::Result<ledger::EntryRef> note_use(Session& session, const Permitted& permitted,
                                                      const LinkView& view, const NotedUse& use);

}  // namespace throughline::app
