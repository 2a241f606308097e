using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PhoneMasking.ServiceDefaults.Tests;

/// <summary>Keeps what a service and its libraries log, in order and at every level.</summary>
internal sealed class LoggedLines : ILoggerProvider
{
    private readonly ConcurrentQueue<(string Category, string Text)> _lines = new();

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<(string Category, string Text)> All => [.. _lines];

    /// <summary>Listens to a service that is being composed, whatever its filters are.</summary>
    public void ListenTo(IHostApplicationBuilder builder)
    {
        builder.Logging.AddProvider(this);
        builder.Services.PostConfigure<LoggerFilterOptions>(filters =>
        {
            filters.Rules.Clear();
            filters.MinLevel = LogLevel.Debug;
        });
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
        // Holds nothing.
    }

    private sealed class Logger(LoggedLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => lines._lines.Enqueue((category, formatter(state, exception)));
    }
}
