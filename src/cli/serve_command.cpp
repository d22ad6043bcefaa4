#include "cli/serve_command.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "app/comparisons.h"
#include "app/drafts.h"
#include "app/host.h"
#include "app/jobs.h"
#include "app/session.h"
#include "app/sign_in.h"
#include "app/uploads.h"
#include "base/log.h"
#include "cli/answering.h"
#include "cli/private_socket.h"
#include "cli/socket_frames.h"
#include "serve/api_site.h"
#include "serve/http.h"
#include "serve/static_files.h"

namespace throughline::cli {

namespace {

using base::Error;
using base::ErrorKind;
using base::Result;

constexpr auto k_look_for_stop = std::chrono::milliseconds(100);
constexpr auto k_say_unsaid_each = std::chrono::seconds(10);

// Whether something could listen there now; with port 0, and as the answer, the port that the system chose.
std::optional<int> free_port(const std::string& address, int port) {
  const bool is_six = address.find(':') != std::string::npos;
  const Descriptor probe(::socket(is_six ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(probe.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  sockaddr_in6 six{};
  sockaddr_in four{};
  six.sin6_family = AF_INET6;
  six.sin6_port = htons(static_cast<std::uint16_t>(port));
  four.sin_family = AF_INET;
  four.sin_port = six.sin6_port;
  sockaddr* const name = is_six ? reinterpret_cast<sockaddr*>(&six) : reinterpret_cast<sockaddr*>(&four);
  socklen_t size = is_six ? sizeof(six) : sizeof(four);
  if (::inet_pton(is_six ? AF_INET6 : AF_INET, address.c_str(),
                  is_six ? static_cast<void*>(&six.sin6_addr) : static_cast<void*>(&four.sin_addr)) != 1) {
    return port;  // The server says what is wrong with it.
  }
  if (::bind(probe.number(), name, size) != 0 || ::getsockname(probe.number(), name, &size) != 0) return {};
  return ntohs(is_six ? six.sin6_port : four.sin_port);
}

Result<int> chosen_port(const ServeRequest& request) {
  if (request.port > 0) return request.port;
  if (request.port < 0) {
    if (const auto usual = free_port(request.address, k_port_usual)) return *usual;
  }
  if (const auto any = free_port(request.address, 0)) return *any;
  return Error{ErrorKind::world, "address_not_usable", "No port is free there", request.address,
               "Name another address with --listen"};
}

// What browsers call it: each name with its scheme and port, the one shown to people first.
std::vector<std::string> origins_of(const ServeRequest& request, const std::vector<std::string>& hosts, int port) {
  const bool is_secure = !request.certificate.empty();
  const int implied = is_secure ? 443 : 80;
  std::vector<std::string> origins;
  for (const std::string& host : hosts) {
    origins.push_back(fmt::format("{}://{}{}", is_secure ? "https" : "http", host,
                                  port == implied ? std::string() : fmt::format(":{}", port)));
  }
  return origins;
}

std::vector<std::string> hosts_of(const ServeRequest& request) {
  std::vector<std::string> hosts = request.hosts;
  for (const char* own : {"127.0.0.1", "localhost", "[::1]"}) hosts.emplace_back(own);
  return hosts;
}

Result<base::Log> log_of(const ServeRequest& request, base::Clock& clock) {
  if (request.log.empty()) return base::Log();
  return base::Log::to_file(request.log, clock, base::LogLevel::info);
}

Result<serve::ServerOptions> server_options(const ServeRequest& request, int port) {
  if (request.certificate.empty() != request.key.empty()) {
    return Error{ErrorKind::bad_command, "tls_half_given", "A certificate and its key are needed together", "",
                 "Give both --tls-certificate and --tls-key, or neither"};
  }
  serve::ServerOptions options;
  options.address = request.address;
  options.port = port;
  options.hosts = hosts_of(request);
  if (!request.certificate.empty()) {
    options.tls = serve::TlsFiles{.certificate = request.certificate, .key = request.key};
  }
  return options;
}

// Whoever starts a server must be allowed to look after the workspace; that it was started is an entry.
Result<void> note_start(const app::Outside& outside, const app::Settings& settings) {
  const auto session = TRY(app::Session::open(outside, settings, "serve", app::Access::writing));
  const app::Permitted permitted = TRY(session->may({.operation = ledger::Operation::administration,
                                                     .data_class = ledger::DataClass::store,
                                                     .object = "server started"}));
  static_cast<void>(TRY(session->ledger().note(permitted.actor, permitted.act)));
  return {};
}

// Learns what there is to be counted before anybody asks, so that the first page is as quick as the next.
void learn_ahead(const app::Outside& hosted, const app::Settings& settings) {
  const auto session = app::Session::open(hosted, settings, "serve");
  if (!session.ok()) return;
  auto connection = session.value()->connect();
  // What goes wrong here goes wrong again for whoever asks, and is told there.
  if (connection.ok()) static_cast<void>(session.value()->world(connection.value(), {}));
}

void print_start(const std::string& link, const app::Settings& settings, bool has_pages) {
  std::string text = fmt::format("Throughline serves {}.\n\n  {}\n\n", settings.workspace, link);
  text += "Open this address to sign in. It works once, within ten minutes, and is for you alone.\n";
  if (!has_pages) text += "This program was built without its pages: only the API is served.\n";
  text += "Ctrl-C stops it; what is being written is finished first.\n";
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace

Result<app::Report> serve(const app::Outside& outside, const app::Settings& settings, const ServeRequest& request) {
  const int port = TRY(chosen_port(request));
  serve::ServerOptions options = TRY(server_options(request, port));
  const auto host = TRY(app::Host::open(outside, settings, "serve"));
  base::Progress silent;
  const app::Outside hosted{outside.clock, outside.entropy, silent, outside.interrupt, host.get()};
  TRY(note_start({outside.clock, outside.entropy, outside.progress, outside.interrupt, host.get()}, settings));

  const std::vector<std::string> origins = origins_of(request, options.hosts, port);
  app::SignInOptions signing_in;
  signing_in.public_origin = origins.front();
  if (!request.agency_sign_in.empty()) signing_in.providers = TRY(app::read_agency_providers(request.agency_sign_in));
  const auto sign_ins = TRY(app::SignIns::open(hosted, settings, std::move(signing_in)));
  const store::WorkspacePaths& paths = host->workspace().paths();
  const auto uploads = TRY(app::Uploads::open(hosted, paths.temp / "uploads"));
  const auto drafts = TRY(app::Drafts::open(hosted, paths.root / "drafts", paths.keys));
  app::Comparisons comparisons;
  app::Jobs jobs(hosted);
  const serve::StaticFiles files = TRY(serve::StaticFiles::open(serve::embedded_web_pack(), serve::page_addresses()));
  serve::ApiSite site({.outside = hosted,
                       .settings = settings,
                       .sign_ins = *sign_ins,
                       .uploads = *uploads,
                       .jobs = jobs,
                       .drafts = *drafts,
                       .comparisons = comparisons,
                       .origins = origins},
                      [&files](const serve::RequestHead& head) { return files.answer(head); });
  base::Log log = TRY(log_of(request, outside.clock));
  options.clock = &outside.clock;
  options.log = &log;
  const auto server = TRY(serve::Server::start(options, site));
  const auto socket = TRY(PrivateSocket::listen(
      settings.workspace, [&](const HandedOver& given, const base::Interrupt& interrupt, const Tell& tell) {
        return answered_for(given, {outside.clock, outside.entropy, silent, interrupt, host.get()}, tell);
      }));
  learn_ahead(hosted, settings);
  print_start(TRY(sign_ins->make_link()), settings, !files.is_empty());
  const auto say_unsaid = [&](app::TellUnsaid which) {
    const bool is_said = sign_ins->say_unsaid(which).ok() && app::say_unsaid_refusals(hosted, settings, which).ok();
    if (!is_said) log.error("refusals_not_noted");
  };
  auto next_saying = outside.clock.uptime();
  while (!outside.interrupt.interrupted()) {
    std::this_thread::sleep_for(k_look_for_stop);
    if (outside.clock.uptime() < next_saying) continue;
    say_unsaid(app::TellUnsaid::due);
    next_saying = outside.clock.uptime() + k_say_unsaid_each;
  }
  jobs.shut_down();
  server->stop();
  say_unsaid(app::TellUnsaid::all);
  return app::Report{.verb = "serve",
                     .sections = {{.name = "serve",
                                   .title = "The server has stopped, and everything that was begun is finished",
                                   .facts = {},
                                   .tables = {},
                                   .notes = {}}}};
}

}  // namespace throughline::cli
