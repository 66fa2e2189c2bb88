// SPDX-License-Identifier: GPL-3.0-or-later
// Where an export goes: a file that appears under its name only when it is complete.
#pragma once

#include "core/base/result.h"

#include <memory>
#include <string>
#include <string_view>

namespace jiffy::core
{

/// Writes whole or not at all. The bytes go to a temporary file in the same directory; commit() brings them to the
/// disk and renames it. Until then (and for good when an error came, or without a commit) the name keeps what it was.
/// A path that names a device or a pipe is written directly, for there is nothing to replace. Not thread safe.
class FileSink
{
  public:
    static Result<FileSink> create(std::string path);
    FileSink(FileSink&& other) noexcept;
    FileSink& operator=(FileSink&&) = delete;
    ~FileSink(); ///< removes the temporary file of a sink that was not committed

    void write(std::string_view text); ///< buffered; errors are remembered until commit()
    /// Room for `size` bytes at most, at the end of the buffer: text is made where it will stand. wrote() says how many of
    /// them there are now; nothing else may be called in between. REQUIRES: size <= bufferSize.
    char* room(std::size_t size)
    {
        if (m_used + size > bufferSize) flush();
        return m_buffer.get() + m_used;
    }
    void wrote(std::size_t size) { m_used += size; }
    static constexpr std::size_t bufferSize = 256 * 1024;
    bool failed() const { return m_error != 0; }
    Result<void> commit();

  private:
    FileSink() = default;
    void flush();
    void writeOut(std::string_view text);
    Result<void> openTemporary();
    Result<void> openNamed(); ///< where the file system knows no files without a name
    std::string temporaryName(int attempt) const;
    bool linkNameless();
    tl::unexpected<Diagnostics> systemError(int error) const;

    std::string m_path;      ///< as the user named it
    std::string m_target;    ///< what is replaced: links followed
    std::string m_temporary; ///< empty when m_target is written directly
    std::unique_ptr<char[]> m_buffer{new char[bufferSize]};
    std::size_t m_used = 0;  ///< of the buffer
    int m_fd = -1;
    bool m_isNameless = false; ///< the temporary file has no name until commit()
    int m_error = 0;         ///< errno of the first failure
};

} // namespace jiffy::core
