using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace PhoneMasking.TestServers;

/// <summary>Keeps what a program and its libraries log, in order, at every level that its filters let through.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LoggedLine> _entries = [];

    /// <summary>What was logged so far.</summary>
    public IReadOnlyList<LoggedLine> Entries => [.. _entries];

    /// <summary>The same as text: all that anybody could read there.</summary>
    public IReadOnlyList<string> Lines => [.. _entries.Select(entry => entry.ToString())];

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Category(categoryName, _entries);

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held; what was logged can still be read.
    }

    private sealed class Category(string name, ConcurrentQueue<LoggedLine> entries) : ILogger
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
            entries.Enqueue(new LoggedLine(logLevel, name, eventId.Name, formatter(state, exception), exception));
    }
}

/// <summary>A line of a log.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Category">Who logged it.</param>
/// <param name="Event">The event's name, if it has one.</param>
/// <param name="Text">The message.</param>
/// <param name="Failure">The exception that was logged with it.</param>
public sealed record LoggedLine(LogLevel Level, string Category, string? Event, string Text, Exception? Failure)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Level} {Category}: {Text} {Failure}";
}
