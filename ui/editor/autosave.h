// SPDX-License-Identifier: GPL-3.0-or-later
// Unsaved work, kept safe: each process keeps what it has not saved in a file of its own, from which the next start
// recovers it after a crash, a kill or a power cut.
//
// A file is written whole or not at all (core::FileSink) by a thread, so typing never waits for a disk; of states
// that come faster than they can be written only the newest is. It carries a checksum. Whose work it is, is told by
// a lock that the kernel lets go when the process ends, however it ends: several windows never take each other's.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QString>

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace jiffy::ui
{

/// What is needed to go on where one was.
struct Work
{
    QByteArray text; ///< the scenario as a file would hold it, faults and all
    QString file;    ///< that it is a change of, as the user named it; empty: none yet; ":name" a built-in
    quint64 tick = 0; ///< of the playhead
    QDateTime when;   ///< of the change; to the millisecond
    bool operator==(const Work&) const = default;
};

QByteArray toBytes(const Work& work);
/// Nothing if a byte is wrong or missing.
std::optional<Work> workFrom(const QByteArray& bytes);

/// A lock file, held as long as the object lives.
class WorkLock
{
  public:
    enum class Patience
    {
        None, ///< nothing if somebody holds it
        Wait
    };
    /// Nothing, too, if the file cannot be made.
    static std::optional<WorkLock> take(const QString& path, Patience patience);
    WorkLock(WorkLock&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    WorkLock& operator=(WorkLock&& other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~WorkLock();

  private:
    explicit WorkLock(int fd) : m_fd(fd) {}
    int m_fd;
};

class Autosave : public QObject
{
    Q_OBJECT

  public:
    /// Makes the folder when there is something to keep.
    explicit Autosave(const QString& folder, QObject* parent = nullptr);
    /// Waits until what was asked for is done. What was not cleared stays, for the next start.
    ~Autosave() override;

    /// Returns at once.
    void keep(Work work);
    /// There is nothing to lose any more.
    void clear();
    /// Waits until all is on the disk.
    void wait();
    QString path() const; ///< of the file, if there is one

  Q_SIGNALS:
    /// Said once, until it works again.
    void failed(const QString& why);

  private:
    void run(const std::stop_token& stop);
    void write(const Work& work);
    void remove();

    const QString m_folder, m_name;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<Work> m_pending;
    bool m_isClearing = false, m_isBusy = false;
    // The thread's own:
    std::optional<WorkLock> m_lock;
    bool m_hasFailed = false;
    std::jthread m_thread; // last: joined before what it uses goes
};

/// Work that a process left behind. Nobody else is offered it while this lives.
class Leftover
{
  public:
    const Work& work() const { return m_work; }
    /// Removes it from the disk: it was taken over, or is not wanted.
    void discard();

  private:
    friend std::vector<Leftover> leftovers(const QString& folder);
    Leftover(QString stem, WorkLock lock, Work work)
        : m_stem(std::move(stem)), m_lock(std::move(lock)), m_work(std::move(work))
    {
    }
    QString m_stem;
    WorkLock m_lock;
    Work m_work;
};

/// What dead processes left in the folder, the newest first. Clears away what they left half done.
std::vector<Leftover> leftovers(const QString& folder);

/// Where a user's work is kept.
QString autosaveFolder();

} // namespace jiffy::ui
