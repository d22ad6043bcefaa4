#include "base/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <fstream>

#include "base/check.h"

namespace throughline::base {

namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warning: return spdlog::level::warn;
    case LogLevel::error: return spdlog::level::err;
  }
  check_failed("a known level", __FILE__, __LINE__);
}

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warning: return "warning";
    case LogLevel::error: return "error";
  }
  check_failed("a known level", __FILE__, __LINE__);
}

struct ValueText {
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(const Hash& hash) const { return '"' + hash.hex() + '"'; }
  std::string operator()(Code code) const { return '"' + std::string(code.text()) + '"'; }
};

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

}  // namespace

struct Log::Sink {
  Sink(Clock& clock_in, LogLevel least, spdlog::sink_ptr target) : clock(clock_in), logger("", std::move(target)) {
    logger.set_pattern("%v", spdlog::pattern_time_type::utc);
    logger.set_level(spdlog_level(least));
    logger.flush_on(spdlog::level::debug);
    // A log that cannot be written must not end the work it tells of.
    logger.set_error_handler([](const std::string&) {});
  }
  Clock& clock;
  spdlog::logger logger;
};

Log::Log() = default;
Log::~Log() = default;
Log::Log(Log&&) noexcept = default;
Log& Log::operator=(Log&&) noexcept = default;
Log::Log(std::unique_ptr<Sink> sink) : sink_(std::move(sink)) {}

Log Log::to_standard_error(Clock& clock, LogLevel least) {
  return Log(std::make_unique<Sink>(clock, least, std::make_shared<spdlog::sinks::stderr_sink_mt>()));
}

Result<Log> Log::to_file(const std::string& path, Clock& clock, LogLevel least) {
  const Error not_writable{.kind = ErrorKind::world,
                           .code = "log_not_writable",
                           .what = "The log file cannot be opened for writing",
                           .where = path,
                           .remedy = "Name a file in a folder that you may write to"};
  // spdlog tries again and again, with waits between; one try is enough to know.
  if (!std::ofstream(path, std::ios::app)) return not_writable;
  try {
    auto target = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
    return Log(std::make_unique<Sink>(clock, least, std::move(target)));
  } catch (const spdlog::spdlog_ex&) {
    return not_writable;
  }
}

void Log::write(LogLevel level, Code event, std::initializer_list<Field> fields) {
  if (sink_ == nullptr || !sink_->logger.should_log(spdlog_level(level))) return;
  // Nothing here needs an escape: codes are letters, digits and underscores, all else is digits.
  std::string line = "{\"time\":" + quoted(to_string(sink_->clock.now())) + ",\"level\":" + quoted(level_name(level)) +
                     ",\"event\":" + quoted(event.text());
  for (const Field& field : fields) {
    line += "," + quoted(field.name().text()) + ":" + std::visit(ValueText(), field.value());
  }
  line += "}";
  sink_->logger.log(spdlog_level(level), spdlog::string_view_t(line.data(), line.size()));
}

}  // namespace throughline::base
