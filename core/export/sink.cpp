// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/export/sink.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace jiffy::core
{

Result<FileSink> FileSink::create(std::string path)
{
    FileSink sink;
    sink.m_path = std::move(path);
    sink.m_target = sink.m_path;
    if (sink.m_path.empty()) return fail(Fault::System, "cannot write a file without a name");

    std::error_code none;
    if (const auto real = std::filesystem::canonical(sink.m_path, none); !none) sink.m_target = real.string();
    struct stat info = {};
    const bool exists = ::stat(sink.m_target.c_str(), &info) == 0;
    if (exists && S_ISDIR(info.st_mode)) return sink.systemError(EISDIR);
    // Renaming would get round a file that is write-protected.
    if (exists && ::access(sink.m_target.c_str(), W_OK) != 0) return sink.systemError(errno);

    if (exists && !S_ISREG(info.st_mode)) {
        sink.m_fd = ::open(sink.m_target.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (sink.m_fd < 0) return sink.systemError(errno);
    } else {
        if (auto opened = sink.openTemporary(); !opened) return tl::unexpected(std::move(opened.error()));
        if (exists) static_cast<void>(::fchmod(sink.m_fd, info.st_mode & 07777));
    }
    return sink;
}

Result<void> FileSink::openTemporary()
{
    // Best without any name: nothing stays behind, however the process ends.
    const auto folder = std::filesystem::path(m_target).parent_path();
    if (::access("/proc/self/fd", X_OK) == 0) {
        m_fd = ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
        m_isNameless = m_fd >= 0;
        if (m_isNameless) return {};
    }
    return openNamed();
}

std::string FileSink::temporaryName(int attempt) const
{
    return m_target + "." + std::to_string(::getpid()) + "." + std::to_string(attempt) + ".part";
}

/// Gives the nameless file the name of a temporary one, to be renamed at once.
bool FileSink::linkNameless()
{
    const auto self = "/proc/self/fd/" + std::to_string(m_fd);
    for (int attempt = 0; attempt < 100; ++attempt) {
        auto name = temporaryName(attempt);
        if (::linkat(AT_FDCWD, self.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0) {
            m_temporary = std::move(name);
            return true;
        }
        if (errno != EEXIST) break;
    }
    return false;
}

Result<void> FileSink::openNamed()
{
    // The process and a counter make the name; an abandoned file of an earlier process is stepped over.
    for (int attempt = 0; attempt < 100; ++attempt) {
        m_temporary = temporaryName(attempt);
        m_fd = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (m_fd >= 0) return {};
        if (errno != EEXIST) break;
    }
    const int error = errno;
    m_temporary.clear();
    return systemError(error);
}

FileSink::FileSink(FileSink&& other) noexcept
    : m_path(std::move(other.m_path)), m_target(std::move(other.m_target)),
      m_temporary(std::exchange(other.m_temporary, {})), m_buffer(std::move(other.m_buffer)),
      m_used(std::exchange(other.m_used, 0)),
      m_fd(std::exchange(other.m_fd, -1)), m_isNameless(other.m_isNameless), m_error(other.m_error)
{
}

FileSink::~FileSink()
{
    if (m_fd >= 0) ::close(m_fd);
    if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
}

void FileSink::write(std::string_view text)
{
    if (text.size() > bufferSize) {
        flush();
        return writeOut(text);
    }
    std::memcpy(room(text.size()), text.data(), text.size());
    wrote(text.size());
}

void FileSink::flush()
{
    writeOut({m_buffer.get(), m_used});
    m_used = 0;
}

void FileSink::writeOut(std::string_view text)
{
    while (m_error == 0 && !text.empty()) {
        const ssize_t n = ::write(m_fd, text.data(), text.size());
        if (n >= 0) text.remove_prefix(static_cast<std::size_t>(n));
        else if (errno != EINTR) m_error = errno;
    }
}

Result<void> FileSink::commit()
{
    flush();
    if (m_error == 0 && (m_isNameless || !m_temporary.empty()) && ::fsync(m_fd) != 0) m_error = errno;
    if (m_error == 0 && m_isNameless && !linkNameless()) m_error = errno;
    if (m_fd >= 0 && ::close(std::exchange(m_fd, -1)) != 0 && m_error == 0) m_error = errno;
    if (m_error == 0 && !m_temporary.empty()) {
        if (::rename(m_temporary.c_str(), m_target.c_str()) == 0) m_temporary.clear();
        else m_error = errno;
    }
    if (m_error != 0) return systemError(m_error);
    return {};
}

tl::unexpected<Diagnostics> FileSink::systemError(int error) const
{
    return fail(Fault::System, "cannot write \"" + m_path + "\": " + std::strerror(error));
}

} // namespace jiffy::core
