#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace gui_test {

/// A screen of its own (Xvfb, on a display number that is free), which becomes
/// the DISPLAY of what is started after it. Ended by its process id.
class Display {
public:
    Display(int width, int height);
    Display(const Display&) = delete;
    Display& operator=(const Display&) = delete;
    ~Display();

    [[nodiscard]] const std::string& name() const { return name_; } ///< `:1`

private:
    std::string name_;
    pid_t process_ = -1;
};

/// The hand of a person, by way of xdotool: what it presses passes through the
/// window as if a person had pressed it.
void move_to(int x, int y);
void click(int x, int y);
void click_holding(const std::string& key, int x, int y); ///< `ctrl`
void press(const std::string& keys);                      ///< `alt+p`, `Down`, `Return`
void type(const std::string& text);
/// Gives the keyboard to the window of that title, as a window manager does with
/// each one that opens: there is none on this screen.
void give_keyboard_to(const std::string& title);

/// Whether a window whose title has these words stands on the screen. Asks the
/// screen, and not the office, which may be busy.
[[nodiscard]] bool is_on_screen(const std::string& title_words);
/// Clicks in it, at these shares of its width and its height.
void click_in(const std::string& title_words, double across, double down);
/// Gives it the keyboard, and presses.
void press_in(const std::string& title_words, const std::string& keys);

/// What the screen shows, as a PNG.
void photograph(const std::filesystem::path& png);

struct Pixel {
    int red = 0;
    int green = 0;
    int blue = 0;
};

/// What the screen shows in a rectangle, row by row.
[[nodiscard]] std::vector<Pixel> pixels(int x, int y, int width, int height);

} // namespace gui_test
