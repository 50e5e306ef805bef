#pragma once

#include <atomic>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace office_test {

/// A server of this machine alone, to see what becomes of bad answers. What a path
/// answers is told before the first request.
class HttpServer {
public:
    struct Answer {
        std::string body;
        std::string status = "200 OK";
        std::string type = "application/geo+json";
        std::size_t announced = 0; ///< `Content-Length`, where it is not that of the body
        int pause_ms = 0;          ///< between two pieces of a tenth of the body
        bool silent = false;       ///< the connection stays open, and nothing comes
    };

    explicit HttpServer(std::map<std::string, Answer> answers);
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;
    ~HttpServer();

    [[nodiscard]] std::string address(const std::string& path) const;

private:
    void serve();
    void answer(int connection) const;

    std::map<std::string, Answer> answers_;
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> ended_{false};
    std::thread thread_;
    std::vector<std::thread> conversations_;
};

} // namespace office_test
