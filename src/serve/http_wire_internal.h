// Wires over sockets. Boost.Beast's stream carries the deadline: when it passes, the socket is closed and what was
// under way fails.
#pragma once

#include <memory>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "serve/http_wire.h"

namespace throughline::serve {

using Executor = boost::asio::io_context::executor_type;
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

[[nodiscard]] std::unique_ptr<Wire> plain_wire(Socket socket);
// The context must outlive the wire.
[[nodiscard]] std::unique_ptr<Wire> secret_wire(Socket socket, boost::asio::ssl::context& context);

}  // namespace throughline::serve
