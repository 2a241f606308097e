using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Utilization;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Look">The class of its line in the style sheet; lines differ in dashes, too, not by colour alone.</param>
/// <param name="Figure">The figure of a moment.</param>
public sealed record ChartSeries(string Name, string Look, Func<UtilizationView, double> Figure);
