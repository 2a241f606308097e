using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PhoneMasking.Contracts;

namespace PhoneMasking.ServiceDefaults.Persistence;

/// <summary>Stores an identifier as <c>uuid</c>.</summary>
/// <typeparam name="TId">The identifier's type.</typeparam>
internal sealed class IdColumn<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Read(value))
    where TId : struct, IId<TId>
{
    // An expression tree cannot call a static abstract member.
    private static TId Read(Guid value) => TId.From(value);
}

/// <summary>Stores a number as <c>text</c> in E.164 form.</summary>
internal sealed class E164Column()
    : ValueConverter<E164Number, string>(number => number.Reveal(), text => E164Number.Parse(text));
