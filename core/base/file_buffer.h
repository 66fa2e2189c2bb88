// SPDX-License-Identifier: GPL-3.0-or-later
// A file as a stream whose beginning can be looked at first, also where nothing can be read twice (a pipe).
#pragma once

#include "core/base/result.h"

#include <memory>
#include <streambuf>
#include <string>
#include <string_view>

namespace jiffy::core
{

/// A std::streambuf that reads. Errors while reading look like the end of the file to a stream; ask error().
class FileBuffer : public std::streambuf
{
  public:
    /// Fault::Input when the file is missing, a directory or not readable.
    static Result<std::unique_ptr<FileBuffer>> open(const std::string& path);
    ~FileBuffer() override;

    /// The first bytes of the file, 64 kB at most, before anything was read.
    std::string_view head();
    int error() const { return m_error; } ///< errno of a read that failed, or 0

  private:
    explicit FileBuffer(int fd);
    int_type underflow() override;
    std::size_t readInto(char* to, std::size_t size);

    static constexpr std::size_t headSize = 64 * 1024;

    std::string m_buffer;
    int m_fd = -1;
    int m_error = 0;
};

/// "cannot read: " and the system's words, as an input fault of a file.
Diagnostic cannotRead(const std::string& path, int error);

} // namespace jiffy::core
