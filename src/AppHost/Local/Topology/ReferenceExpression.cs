using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Text with addresses and parameters in it that are filled in when a service is started.</summary>
public sealed class ReferenceExpression
{
    private readonly IReadOnlyList<Func<string?>> _parts;

    private ReferenceExpression(IReadOnlyList<Func<string?>> parts) => _parts = parts;

    internal string Value => string.Concat(_parts.Select(part => part()));

    /// <summary>Makes an expression of interpolated text.</summary>
    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => handler.ToExpression();

    /// <summary>Collects the parts of interpolated text; called by the compiler.</summary>
    /// <param name="literalLength">How long the fixed text is.</param>
    /// <param name="formattedCount">How many holes there are.</param>
    [InterpolatedStringHandler]
    public ref struct ExpressionInterpolatedStringHandler(int literalLength, int formattedCount)
    {
        private readonly List<Func<string?>> _parts = new(formattedCount + Math.Min(literalLength, 1));

        /// <summary>Adds fixed text.</summary>
        public readonly void AppendLiteral(string value) => _parts.Add(() => value);

        /// <summary>Adds text.</summary>
        public readonly void AppendFormatted(string? value) => _parts.Add(() => value);

        /// <summary>Adds the address of a service.</summary>
        public readonly void AppendFormatted(EndpointReference value) => _parts.Add(() => value.Url);

        /// <summary>Adds a parameter's value.</summary>
        public readonly void AppendFormatted(IResourceBuilder<ParameterResource> value) =>
            _parts.Add(() => value.Resource.Value);

        internal readonly ReferenceExpression ToExpression() => new(_parts);
    }
}
