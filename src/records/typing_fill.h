// Texts of one column of a file → the buffers of one field. Only typing*.cpp includes this.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

#include "records/mapping.h"
#include "records/model.h"
#include "records/typed_columns.h"

namespace throughline::records {

// One column of a window, trimmed and replaced; an empty view is a blank.
using Texts = std::span<const std::string_view>;

// Takes a row whose text breaks a rule.
using FaultSink = std::function<void(std::size_t row, RejectionRule rule)>;

// How a field reads its texts.
struct FieldForm {
  FieldKind kind = FieldKind::text;
  DateOrder date_order = DateOrder::iso;
};

// Fills the buffers of the field, which lie in a row from `columns.front()`. Blank texts stay without a value.
void fill_field(FieldForm form, Texts texts, std::span<ColumnBuffer> columns, const FaultSink& fault);

}  // namespace throughline::records
