using System.Globalization;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Utilization;

/// <summary>Figures as the owner reads them.</summary>
internal static class Figures
{
    /// <summary>
    /// A utilization rate with one decimal, cut and not rounded: what is below the threshold must not look like it.
    /// </summary>
    /// <param name="view">The figures.</param>
    public static string Rate(UtilizationView view) =>
        Percent(view.ActiveSessions * 1000L / Math.Max(view.ReadyPoolNumbers, 1) / 10m);

    /// <summary>A share of one as a percentage, with one decimal at most.</summary>
    /// <param name="share">The share, for example 0.87.</param>
    public static string Percent(double share) => Percent((decimal)Math.Round(share * 100, 1));

    /// <summary>Whether the formula of the owner's choice asks for another pool number.</summary>
    /// <param name="now">The present figures and settings.</param>
    public static bool AsksForMore(UtilizationNow now) =>
        now.BuysByNeed ? now.Now.NeededPoolNumbers > now.Now.ReadyPoolNumbers : now.Now.Rate >= now.Threshold;

    private static string Percent(decimal percent) => percent.ToString("0.#", CultureInfo.InvariantCulture) + "\u00A0%";
}
