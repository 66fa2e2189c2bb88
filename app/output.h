// SPDX-License-Identifier: GPL-3.0-or-later
// Standard output. A reader that goes away (`| head`) ends the talking quietly; a full disk behind it is an error.
#pragma once

#include "core/base/result.h"

#include <string_view>

namespace jiffy::app
{

class Output
{
  public:
    Output();
    void line(std::string_view text); ///< the newline is added
    bool isOpen() const { return m_error == 0; }
    /// What there is goes out. 0, or 3 with a line on stderr (the first time) when it could not be written.
    int finish();

  private:
    int m_error = 0; ///< errno
    bool m_isSaid = false;
};

/// Prints them on stderr; the exit status that they call for.
int report(const core::Diagnostics& diagnostics);

} // namespace jiffy::app
