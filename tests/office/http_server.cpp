#include "http_server.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace office_test {

namespace {

using namespace std::chrono_literals;

/// Up to the blank line; empty where the other end went.
std::string read_request(int connection)
{
    std::string request;
    char letter = 0;
    while (request.find("\r\n\r\n") == std::string::npos && recv(connection, &letter, 1, 0) == 1)
        request += letter;
    return request;
}

bool send_all(int connection, const std::string& bytes)
{
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto count = send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        sent += static_cast<std::size_t>(count);
    }
    return true;
}

} // namespace

HttpServer::HttpServer(std::map<std::string, Answer> answers) : answers_(std::move(answers))
{
    listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    auto* const name = reinterpret_cast<sockaddr*>(&here);
    if (listener_ < 0 || bind(listener_, name, size) != 0 || listen(listener_, 16) != 0 ||
        getsockname(listener_, name, &size) != 0)
        throw std::runtime_error("no server on this machine");
    port_ = ntohs(here.sin_port);
    thread_ = std::thread([this] { serve(); });
}

HttpServer::~HttpServer()
{
    ended_ = true;
    thread_.join();
    close(listener_);
    for (std::thread& conversation : conversations_)
        conversation.join();
}

std::string HttpServer::address(const std::string& path) const
{
    return "http://127.0.0.1:" + std::to_string(port_) + path;
}

void HttpServer::serve()
{
    while (!ended_) {
        pollfd waiting{listener_, POLLIN, 0};
        if (poll(&waiting, 1, 50) != 1)
            continue;
        if (const int connection = accept(listener_, nullptr, nullptr); connection >= 0)
            conversations_.emplace_back([this, connection] {
                answer(connection);
                close(connection);
            });
    }
}

void HttpServer::answer(int connection) const
{
    const std::string request = read_request(connection);
    const auto first = request.find(' ');
    if (first == std::string::npos)
        return;
    const std::string method = request.substr(0, first);
    const std::string path = request.substr(first + 1, request.find(' ', first + 1) - first - 1);
    const auto found = answers_.find(path);
    const Answer missing{"", "404 Not Found", "text/plain"};
    const Answer& reply = found == answers_.end() ? missing : found->second;
    while (reply.silent && method == "GET" && !ended_)
        std::this_thread::sleep_for(20ms);
    if (method != "GET" && method != "HEAD") {
        send_all(connection,
                 "HTTP/1.1 405 Method Not Allowed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return;
    }
    const std::size_t length = reply.announced > 0 ? reply.announced : reply.body.size();
    if (!send_all(connection, "HTTP/1.1 " + reply.status + "\r\nContent-Type: " + reply.type +
                                  "\r\nContent-Length: " + std::to_string(length) +
                                  "\r\nConnection: close\r\n\r\n") ||
        method == "HEAD")
        return;
    const std::size_t piece =
        reply.pause_ms == 0 ? std::max<std::size_t>(reply.body.size(), 1) : reply.body.size() / 10 + 1;
    for (std::size_t at = 0; at < reply.body.size() && !ended_; at += piece) {
        if (!send_all(connection, reply.body.substr(at, piece)))
            return;
        std::this_thread::sleep_for(std::chrono::milliseconds(reply.pause_ms));
    }
}

} // namespace office_test
