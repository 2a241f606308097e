using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PhoneMasking.NumberService.Tests.World;

/// <summary>Keeps the names and the texts of what is logged.</summary>
internal sealed class LogEvents : ILoggerProvider
{
    private readonly ConcurrentQueue<(string? Name, string Text)> _entries = [];

    public IEnumerable<string?> Names => _entries.Select(entry => entry.Name);

    public IEnumerable<string> Texts => _entries.Select(entry => entry.Text);

    public ILogger CreateLogger(string categoryName) => new Logger(_entries);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class Logger(ConcurrentQueue<(string? Name, string Text)> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            entries.Enqueue((eventId.Name, formatter(state, exception)));
    }
}
