using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PhoneMasking.ServiceDefaults.Configuration;

/// <summary>
/// Settings that a service cannot start with: the process ends with a line on standard error for each, and without the stack
/// trace that tells the owner nothing. Any other fault keeps its own.
/// </summary>
public static class WrongSettings
{
    /// <summary>The exit code, which the owner's commands use for wrong usage, too.</summary>
    public const int ExitCode = 2;

    private const string Addresses = "ASPNETCORE_URLS";
    private const string OptionsSuffix = "Options";

    /// <summary>From now on, a fault that nobody handles ends the process with words when it is a wrong setting.</summary>
    internal static void EndTheProcessInWords()
    {
        // Once for the process, which may hold several services in a test.
        AppDomain.CurrentDomain.UnhandledException -= Tell;
        AppDomain.CurrentDomain.UnhandledException += Tell;
    }

    /// <summary>
    /// Looks at all options before anything starts: the host would do it while it starts, after the first service that needs
    /// one of them, and writes the stack trace to its log.
    /// </summary>
    /// <exception cref="OptionsValidationException">Some are wrong; an <see cref="AggregateException"/> when of several classes.</exception>
    internal static void ThrowIfWrong(WebApplication app)
    {
        app.Services.GetService<IStartupValidator>()?.Validate();
        foreach (var url in app.Configuration["urls"]?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            try
            {
                BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                throw new WrongSettingException($"{Addresses} must be http://HOST:PORT, or several with semicolons between them.");
            }
        }
    }

    /// <summary>A line for each wrong setting; none when the fault is, or holds, anything else.</summary>
    internal static IReadOnlyList<string>? Explain(Exception fault) => fault switch
    {
        AggregateException several when several.InnerExceptions.Select(Explain).ToList() is var lines && !lines.Contains(null) =>
            [.. lines.SelectMany(part => part!).Distinct()],
        OptionsValidationException options =>
            [.. options.Failures.Select(failure => GeneratedMessage.Rename(failure, SectionOf(options.OptionsType)))],
        WrongSettingException setting => [setting.Message],
        InvalidOperationException other when UnreadableSetting.Explain(other) is { } line => [line],
        _ => null,
    };

    // For those not bound by AddValidatedOptions, which libraries of ours are that know nothing of this one.
    private static string SectionOf(Type options) =>
        options.Name.EndsWith(OptionsSuffix, StringComparison.Ordinal) ? options.Name[..^OptionsSuffix.Length] : options.Name;

    private static void Tell(object sender, UnhandledExceptionEventArgs unhandled)
    {
        if (unhandled.ExceptionObject is Exception fault && Explain(fault) is { } lines)
        {
            foreach (var line in lines)
            {
                Console.Error.WriteLine(line);
            }

            Environment.Exit(ExitCode);
        }
    }
}

/// <summary>A setting that a service cannot start with.</summary>
/// <param name="message">Names the setting and says what it should be; holds no value, which may be a secret.</param>
public sealed class WrongSettingException(string message) : InvalidOperationException(message);
