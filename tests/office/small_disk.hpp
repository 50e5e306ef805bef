#pragma once

#include <filesystem>

namespace office_test {

/// A disk that is soon full. It is mounted for one office alone, in a mount namespace
/// of its own (and a user namespace, which asks for no administrator): the tests see
/// the folder below it, and it goes with that office.
struct SmallDisk {
    std::filesystem::path folder; ///< that exists, and stays empty
    int kilobytes = 0;
};

/// Mounts it for this process and those that it starts from now on. False where this
/// system does not let this user do it. For a process with one thread, before `exec`.
[[nodiscard]] bool mount_alone(const SmallDisk& disk);

/// Whether an office could be given it: tried in a process that ends at once.
[[nodiscard]] bool can_mount(const SmallDisk& disk);

} // namespace office_test
