using System.Globalization;
using System.Text;
using PhoneMasking.Contracts;

namespace PhoneMasking.OpsConsole.Utilization;

/// <summary>Places figures over time in a drawing of <see cref="Width"/> by <see cref="Height"/>.</summary>
/// <param name="from">The left edge.</param>
/// <param name="to">The right edge.</param>
/// <param name="highest">The largest figure to be shown.</param>
internal sealed class Plot(DateTimeOffset from, DateTimeOffset to, double highest)
{
    public const int Width = 1000;
    public const int Height = 240;

    /// <summary>How many stripes the drawing has, each way.</summary>
    public const int Stripes = 4;

    private static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <summary>The figure at the upper edge: a round one, that <see cref="Stripes"/> divides into round ones.</summary>
    public double Top { get; } = RoundUp(highest);

    /// <summary>The marks of the upright axis, the highest first.</summary>
    public IEnumerable<double> Marks => Enumerable.Range(0, Stripes + 1).Select(mark => Top * (Stripes - mark) / Stripes);

    /// <summary>The marks of the level axis, the earliest first.</summary>
    public IEnumerable<DateTimeOffset> Days =>
        Enumerable.Range(0, Stripes + 1).Select(mark => from + ((to - from) * mark / Stripes));

    /// <summary>The height of a figure, measured from above.</summary>
    /// <param name="figure">The figure.</param>
    public string Y(double figure) => Text(Height - (figure / Top * Height));

    /// <summary>A line through figures, as SVG path data; empty without any.</summary>
    /// <param name="points">The figures, oldest first.</param>
    /// <param name="figure">Which figure of each.</param>
    public string Line(IEnumerable<UtilizationPoint> points, Func<UtilizationView, double> figure)
    {
        var path = new StringBuilder();
        foreach (var point in points)
        {
            path.Append(path.Length == 0 ? 'M' : 'L').Append(Text(X(point.At))).Append(' ').Append(Y(figure(point.Figures)));
        }

        return path.ToString();
    }

    /// <summary>A dot where such a line ends, so that a figure shows even when it is the only one, as SVG path data.</summary>
    /// <param name="points">The figures, oldest first.</param>
    /// <param name="figure">Which figure of each.</param>
    public string Dot(IReadOnlyList<UtilizationPoint> points, Func<UtilizationView, double> figure) =>
        points.Count == 0 ? "" : $"M{Text(X(points[^1].At))} {Y(figure(points[^1].Figures))}h0";

    /// <summary>The area below such a line.</summary>
    /// <param name="points">The figures, oldest first.</param>
    /// <param name="figure">Which figure of each.</param>
    public string Area(IReadOnlyList<UtilizationPoint> points, Func<UtilizationView, double> figure) =>
        points.Count == 0 ? "" : $"{Line(points, figure)}L{Text(X(points[^1].At))} {Height}L{Text(X(points[0].At))} {Height}Z";

    private double X(DateTimeOffset at) => Math.Clamp((at - from) / (to - from), 0, 1) * Width;

    private static double RoundUp(double highest)
    {
        var stripe = Math.Max(highest, 0.01) / Stripes;
        var power = Math.Pow(10, Math.Floor(Math.Log10(stripe)));
        // A little slack: 0.3 / 0.1 is more than 3. And there is no half of a number or session.
        return Steps.First(step => step * power >= stripe * 0.9999 && !(step == 2.5 && power == 1)) * power * Stripes;
    }

    private static string Text(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
