using Microsoft.Extensions.Options;

namespace PhoneMasking.OpsConsole.Shell;

/// <summary>What surrounds every page. Section <c>Console</c>.</summary>
internal sealed class ShellOptions
{
    public const string Section = "Console";

    /// <summary>
    /// Where the simulator's phones are, for a link in the navigation. Default: the address that the app host gives for
    /// the simulator; without one there is no link.
    /// </summary>
    public Uri? SimulatorUrl { get; set; }
}

/// <summary>Checks <see cref="ShellOptions"/> at start: the link leads to a web page and to nothing else.</summary>
internal sealed class ShellOptionsValidator : IValidateOptions<ShellOptions>
{
    public ValidateOptionsResult Validate(string? name, ShellOptions options) =>
        options.SimulatorUrl is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Console:SimulatorUrl must be an absolute http or https address.");
}
