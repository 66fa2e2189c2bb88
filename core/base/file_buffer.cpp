// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file_buffer.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace jiffy::core
{

Diagnostic cannotRead(const std::string& path, int error)
{
    return Diagnostic{Fault::Input, path, 0, 0, std::string("cannot read it: ") + std::strerror(error), {}};
}

FileBuffer::FileBuffer(int fd) : m_buffer(headSize, '\0'), m_fd(fd) {}

FileBuffer::~FileBuffer() { ::close(m_fd); }

Result<std::unique_ptr<FileBuffer>> FileBuffer::open(const std::string& path)
{
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return fail(cannotRead(path, errno));
    struct stat info = {};
    if (::fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
        ::close(fd);
        return fail(cannotRead(path, EISDIR));
    }
    return std::unique_ptr<FileBuffer>(new FileBuffer(fd));
}

std::size_t FileBuffer::readInto(char* to, std::size_t size)
{
    for (;;) {
        const ssize_t n = ::read(m_fd, to, size);
        if (n >= 0) return static_cast<std::size_t>(n);
        if (errno == EINTR) continue;
        m_error = errno;
        return 0;
    }
}

std::string_view FileBuffer::head()
{
    if (gptr() == nullptr) {
        std::size_t size = 0;
        while (size < headSize) { // a pipe gives what it has
            const std::size_t n = readInto(m_buffer.data() + size, headSize - size);
            if (n == 0) break;
            size += n;
        }
        setg(m_buffer.data(), m_buffer.data(), m_buffer.data() + size);
    }
    return {eback(), static_cast<std::size_t>(egptr() - eback())};
}

FileBuffer::int_type FileBuffer::underflow()
{
    if (gptr() == nullptr) head();
    else if (gptr() == egptr()) {
        const std::size_t n = readInto(m_buffer.data(), m_buffer.size());
        setg(m_buffer.data(), m_buffer.data(), m_buffer.data() + n);
    }
    return gptr() == egptr() ? traits_type::eof() : traits_type::to_int_type(*gptr());
}

} // namespace jiffy::core
