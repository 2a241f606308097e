using System.Text;
using Microsoft.Extensions.Logging;

namespace PhoneMasking.Simulator.Tests;

/// <summary>Collects what is logged, at every level that the program lets through.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly StringBuilder _lines = new();
    private readonly Lock _gate = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
        {
            _lines.AppendLine(formatter(state, exception)).AppendLine($"{exception}");
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return _lines.ToString();
        }
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
