// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/autosave.h"

#include "core/export/sink.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>
#include <QUuid>

#include <algorithm>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace jiffy::ui
{

namespace
{

const QByteArray magic = QByteArrayLiteral("jiffyscope-work 1 ");
const QString workSuffix = QStringLiteral(".work");
const QString lockSuffix = QStringLiteral(".lock");

QByteArray checksum(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex();
}

/// All that belongs to one process's work, with what a kill left between two steps of writing it.
void removeAll(const QString& stem)
{
    QFile::remove(stem + workSuffix);
    const QFileInfo info(stem);
    auto folder = info.dir();
    for (const auto& part : folder.entryList({info.fileName() + workSuffix + QStringLiteral(".*.part")}, QDir::Files))
        folder.remove(part);
    QFile::remove(stem + lockSuffix);
}

} // namespace

QByteArray toBytes(const Work& work)
{
    // Numbers of JSON are floating point; a tick has 64 bits.
    const QJsonObject head{{QStringLiteral("file"), work.file},
                           {QStringLiteral("tick"), QString::number(work.tick)},
                           {QStringLiteral("when"), work.when.toUTC().toString(Qt::ISODateWithMs)},
                           {QStringLiteral("bytes"), QString::number(work.text.size())}};
    const QByteArray body = QJsonDocument(head).toJson(QJsonDocument::Compact) + '\n' + work.text;
    return magic + checksum(body) + '\n' + body;
}

std::optional<Work> workFrom(const QByteArray& bytes)
{
    const auto line = bytes.indexOf('\n');
    if (!bytes.startsWith(magic) || line < 0) return std::nullopt;
    const auto body = bytes.mid(line + 1);
    if (bytes.mid(magic.size(), line - magic.size()) != checksum(body)) return std::nullopt;
    const auto end = body.indexOf('\n');
    const auto head = QJsonDocument::fromJson(body.left(end)).object();
    Work work;
    work.text = body.mid(end + 1);
    work.file = head.value(QStringLiteral("file")).toString();
    work.tick = head.value(QStringLiteral("tick")).toString().toULongLong();
    work.when = QDateTime::fromString(head.value(QStringLiteral("when")).toString(), Qt::ISODateWithMs);
    if (head.value(QStringLiteral("bytes")).toString() != QString::number(work.text.size())) return std::nullopt;
    return work;
}

// ---- the lock

std::optional<WorkLock> WorkLock::take(const QString& path, Patience patience)
{
    for (;;) {
        const int fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0) return std::nullopt;
        WorkLock lock(fd);
        if (::flock(fd, patience == Patience::Wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) return std::nullopt;
        // Whoever held it may have taken the file away: then this is a lock on nothing.
        struct stat info = {};
        if (::fstat(fd, &info) == 0 && info.st_nlink > 0) return lock;
    }
}

WorkLock::~WorkLock()
{
    if (m_fd >= 0) ::close(m_fd);
}

// ---- writing

Autosave::Autosave(const QString& folder, QObject* parent)
    : QObject(parent), m_folder(folder), m_name(QUuid::createUuid().toString(QUuid::WithoutBraces)),
      m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

Autosave::~Autosave()
{
    m_thread.request_stop();
    m_wake.notify_all();
    m_thread.join();
}

QString Autosave::path() const { return m_folder + QLatin1Char('/') + m_name + workSuffix; }

void Autosave::keep(Work work)
{
    const std::lock_guard lock(m_mutex);
    m_pending = std::move(work);
    m_isClearing = false;
    m_wake.notify_all();
}

void Autosave::clear()
{
    const std::lock_guard lock(m_mutex);
    m_pending.reset();
    m_isClearing = true;
    m_wake.notify_all();
}

void Autosave::wait()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return !m_pending && !m_isClearing && !m_isBusy; });
}

void Autosave::run(const std::stop_token& stop)
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, stop, [this] { return m_pending || m_isClearing; });
        if (!m_pending && !m_isClearing) return; // asked to stop, and all is done
        const auto work = std::exchange(m_pending, std::nullopt);
        m_isClearing = false;
        m_isBusy = true;
        lock.unlock();
        if (work) write(*work);
        else remove();
        lock.lock();
        m_isBusy = false;
        m_wake.notify_all();
    }
}

void Autosave::write(const Work& work)
{
    const QString stem = m_folder + QLatin1Char('/') + m_name;
    if (!m_lock && QDir().mkpath(m_folder)) {
        QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner); // nobody else's business
        m_lock = WorkLock::take(stem + lockSuffix, WorkLock::Patience::Wait); // a window that starts may look
    }
    QString why = tr("“%1” cannot be written").arg(m_folder);
    if (m_lock) {
        auto sink = core::FileSink::create(path().toStdString());
        const auto bytes = toBytes(work);
        if (sink) sink->write({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        auto done = sink ? sink->commit() : core::Result<void>(tl::unexpected(sink.error()));
        if (done) {
            m_hasFailed = false;
            return;
        }
        why = QString::fromStdString(done.error().front().message);
    }
    if (!std::exchange(m_hasFailed, true)) Q_EMIT failed(why);
}

void Autosave::remove()
{
    if (!m_lock) return;
    removeAll(m_folder + QLatin1Char('/') + m_name);
    m_lock.reset();
}

// ---- recovery

void Leftover::discard() { removeAll(m_stem); }

std::vector<Leftover> leftovers(const QString& folder)
{
    std::vector<Leftover> found;
    const QDir dir(folder);
    for (const auto& name : dir.entryList({QLatin1Char('*') + lockSuffix}, QDir::Files)) {
        const auto stem = dir.filePath(name.chopped(lockSuffix.size()));
        auto lock = WorkLock::take(stem + lockSuffix, WorkLock::Patience::None);
        if (!lock) continue; // its owner lives, or another window is asking about it
        QFile file(stem + workSuffix);
        if (!file.open(QIODevice::ReadOnly)) {
            removeAll(stem); // it had saved all, or had not come so far
            continue;
        }
        // What the disk spoilt is left where it is: somebody may still want to look at it.
        if (auto work = workFrom(file.readAll())) found.push_back(Leftover(stem, std::move(*lock), std::move(*work)));
    }
    std::sort(found.begin(), found.end(),
              [](const Leftover& a, const Leftover& b) { return a.work().when > b.work().when; });
    return found;
}

QString autosaveFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/autosave");
}

} // namespace jiffy::ui

#include "moc_autosave.cpp"
