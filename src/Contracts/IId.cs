using System.Text.Json;
using System.Text.Json.Serialization;

namespace PhoneMasking.Contracts;

/// <summary>An identifier with a type of its own, so that a sitter's id cannot be passed for a client's.</summary>
/// <typeparam name="TSelf">The identifier's own type.</typeparam>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    /// <summary>The identifier's value: a UUIDv7, so that identifiers sort by the time they were made.</summary>
    Guid Value { get; }

    /// <summary>Wraps a stored or received value.</summary>
    /// <param name="value">The value, unchecked.</param>
    static abstract TSelf From(Guid value);
}

/// <summary>Writes an identifier as a plain UUID string in JSON.</summary>
/// <typeparam name="TId">The identifier's type.</typeparam>
public sealed class IdJsonConverter<TId> : JsonConverter<TId>
    where TId : struct, IId<TId>
{
    /// <inheritdoc />
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.From(reader.GetGuid());

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
