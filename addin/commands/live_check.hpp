#pragma once

#include <com/sun/star/frame/XModel.hpp>

#include "office/uno.hpp"

namespace pacte::commands {

/// From now on, where « contrôle à la saisie » of `Paramètres` says `oui`, each cell of
/// this diagnosis is checked as it is typed, pasted, or taken back: with the rules of its
/// row, marked at once, as no step of Edit > Undo. « Contrôles » waits for Valider. And the
/// marks of this diagnosis are kept off paper, whatever that setting says.
/// Does nothing where the document is followed already.
void follow(const office::Reference<office::css::uno::XComponentContext>& context,
            const office::Reference<office::css::frame::XModel>& model);

/// A command has ended: what it may have written is read again, and what a person changed
/// while it lasted is looked at now.
void catch_up();

} // namespace pacte::commands
