"""The commands of each screen: one binding each, from which keys, help, palette and keymaps come.

A keymap (id to keys) gives any of them other keys.
"""

from harken.tui.commands.coding import CODING as CODING
from harken.tui.commands.coding import N_SUGGESTION_KEYS as N_SUGGESTION_KEYS
from harken.tui.commands.everywhere import ROOM as ROOM
from harken.tui.commands.everywhere import THEME as THEME
from harken.tui.commands.menu import MENU as MENU
from harken.tui.commands.selecting import SELECTING as SELECTING
from harken.tui.commands.selecting import SELECTION_MENU as SELECTION_MENU
