// A trend asked of a table of counts. Only *_test.cpp includes this.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "app/made_up_world.h"
#include "app/trend_verb.h"

namespace throughline::app {

struct MadeUpTrend : testing::Test, MadeUpWorld {
  void counts(const std::string& text) { request.input = put("counts.csv", text); }
  [[nodiscard]] Report done() const { return trend(outside, settings, request).value(); }
  [[nodiscard]] base::Error refused() const { return trend(outside, settings, request).error(); }

  TrendRequest request;
};

}  // namespace throughline::app
