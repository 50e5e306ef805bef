#include "small_disk.hpp"

#include <fcntl.h>
#include <sched.h>
#include <string>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

namespace office_test {

namespace {

bool write_line(const char* file, const std::string& line)
{
    const int output = open(file, O_WRONLY);
    const bool written =
        output >= 0 && write(output, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    close(output);
    return written;
}

/// The user stays who they are, and may mount; or root, where users may have no
/// namespace.
bool enter_namespaces()
{
    const std::string user = std::to_string(geteuid());
    const std::string group = std::to_string(getegid());
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return unshare(CLONE_NEWNS) == 0;
    return write_line("/proc/self/setgroups", "deny") &&
           write_line("/proc/self/uid_map", user + " " + user + " 1") &&
           write_line("/proc/self/gid_map", group + " " + group + " 1");
}

} // namespace

bool mount_alone(const SmallDisk& disk)
{
    const std::string size = "size=" + std::to_string(disk.kilobytes) + "k";
    return enter_namespaces() && mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           mount("pacte-full", disk.folder.c_str(), "tmpfs", 0, size.c_str()) == 0;
}

bool can_mount(const SmallDisk& disk)
{
    const pid_t child = fork();
    if (child == 0)
        _exit(mount_alone(disk) ? 0 : 1);
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace office_test
