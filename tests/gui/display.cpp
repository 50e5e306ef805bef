#include "display.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <stdexcept>
#include <string_view>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace gui_test {

namespace {

/// Runs a program, which keeps one more descriptor of ours open.
pid_t start(const std::vector<std::string>& arguments, int kept_open = -1)
{
    std::vector<char*> raw;
    for (const std::string& argument : arguments)
        raw.push_back(const_cast<char*>(argument.c_str()));
    raw.push_back(nullptr);
    const pid_t child = fork();
    if (child < 0)
        throw std::runtime_error("cannot start " + arguments.front());
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); // nothing stays behind a test that crashes
        if (kept_open >= 0)
            fcntl(kept_open, F_SETFD, 0);
        const int nowhere = open("/dev/null", O_RDWR);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execvp(raw[0], raw.data());
        _exit(127);
    }
    return child;
}

void run(const std::vector<std::string>& arguments)
{
    int status = 0;
    if (waitpid(start(arguments), &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw std::runtime_error(arguments.front() + " failed");
}

std::string output_of(const std::string& command)
{
    FILE* output = popen(command.c_str(), "r"); // NOLINT(cert-env33-c): a command of the tests
    if (output == nullptr)
        throw std::runtime_error("« " + command + " » did not start");
    std::string text;
    std::array<char, 256> part{};
    while (const std::size_t read = std::fread(part.data(), 1, part.size(), output))
        text.append(part.data(), read);
    pclose(output); // NOLINT(cert-err33-c): what is not found is no failure
    return text;
}

std::string search(const std::string& title_words)
{
    return "xdotool search --onlyvisible --name '" + title_words + "' ";
}

/// Xvfb writes the number that it found free, and a line's end, when it is ready.
std::string read_line(int descriptor)
{
    std::string line;
    char c = 0;
    while (read(descriptor, &c, 1) == 1 && c != '\n')
        line += c;
    return line;
}

} // namespace

Display::Display(int width, int height)
{
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe for Xvfb");
    process_ = start({"Xvfb", "-displayfd", std::to_string(ends[1]), "-screen", "0",
                      std::to_string(width) + "x" + std::to_string(height) + "x24", "-nolisten", "tcp"},
                     ends[1]);
    close(ends[1]);
    const std::string number = read_line(ends[0]);
    close(ends[0]);
    if (number.empty()) {
        waitpid(process_, nullptr, 0);
        throw std::runtime_error("Xvfb did not start");
    }
    name_ = ":" + number;
    setenv("DISPLAY", name_.c_str(), 1);
}

Display::~Display()
{
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
    unsetenv("DISPLAY");
}

void move_to(int x, int y) { run({"xdotool", "mousemove", std::to_string(x), std::to_string(y)}); }

void click(int x, int y)
{
    run({"xdotool", "mousemove", std::to_string(x), std::to_string(y), "click", "1"});
}

void click_holding(const std::string& key, int x, int y)
{
    run({"xdotool", "mousemove", std::to_string(x), std::to_string(y), "keydown", key, "click", "1", "keyup",
         key});
}

void press(const std::string& keys) { run({"xdotool", "key", keys}); }

void type(const std::string& text) { run({"xdotool", "type", text}); }

void give_keyboard_to(const std::string& title)
{
    std::string pattern = "^"; // the title itself, not the expression that it would be
    for (const char c : title)
        pattern +=
            std::string(std::string_view(".?*+()[]|\\").find(c) != std::string_view::npos ? "\\" : "") + c;
    run({"xdotool", "search", "--sync", "--onlyvisible", "--name", pattern + "$", "windowfocus", "--sync"});
}

bool is_on_screen(const std::string& title_words)
{
    return !output_of(search(title_words) + "2>/dev/null").empty();
}

void click_in(const std::string& title_words, double across, double down)
{
    const std::string shell = output_of(search(title_words) + "getwindowgeometry --shell 2>/dev/null");
    const auto value = [&](const std::string& key) {
        const auto at = shell.find(key + "=");
        if (at == std::string::npos)
            throw std::runtime_error("no window « " + title_words + " »");
        return std::stod(shell.substr(at + key.size() + 1));
    };
    click(static_cast<int>(value("X") + across * value("WIDTH")),
          static_cast<int>(value("Y") + down * value("HEIGHT")));
}

void press_in(const std::string& title_words, const std::string& keys)
{
    output_of(search(title_words) + "windowfocus --sync 2>/dev/null");
    press(keys);
}

void photograph(const std::filesystem::path& png) { run({"import", "-window", "root", png.string()}); }

std::vector<Pixel> pixels(int x, int y, int width, int height)
{
    const std::string command = "import -window root -crop " + std::to_string(width) + "x" +
                                std::to_string(height) + "+" + std::to_string(x) + "+" + std::to_string(y) +
                                " -depth 8 rgb:-";
    FILE* output = popen(command.c_str(), "r"); // NOLINT(cert-env33-c): a command of the tests
    if (output == nullptr)
        throw std::runtime_error("import did not start");
    std::vector<Pixel> pixels;
    std::array<unsigned char, 3> colour{};
    while (std::fread(colour.data(), 1, colour.size(), output) == colour.size())
        pixels.push_back({colour[0], colour[1], colour[2]});
    if (pclose(output) != 0)
        throw std::runtime_error("import failed");
    return pixels;
}

} // namespace gui_test
