"""phones and entries

What a receipt has besides is empty for the forms of desks that were sent before.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), "postgresql")
IS_UNSETTLED = sa.text("verdict IN ('refused', 'brought') AND dismissed_at IS NULL AND replaced_by IS NULL")
IS_SETTLED = sa.text("dismissed_by_id IS NOT NULL")


def upgrade():
    op.create_table('phone',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('user_id', sa.Uuid(), nullable=False),
    sa.Column('site_id', sa.Uuid(), nullable=True),
    sa.Column('label', sa.String(length=200), nullable=False),
    sa.Column('waiting', sa.Integer(), nullable=False),
    sa.Column('oldest_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('attention', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.Column('persisted', sa.Boolean(), nullable=True),
    sa.Column('installed', sa.Boolean(), nullable=False),
    sa.Column('lost_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('build', sa.String(length=40), nullable=False),
    sa.Column('first_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['site_id'], ['site.id'], name=op.f('fk_phone_site_id_site')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_phone_user_id_user')),
    sa.PrimaryKeyConstraint('id', 'user_id', name=op.f('pk_phone'))
    )
    with op.batch_alter_table('phone', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_phone_site_id'), ['site_id'], unique=False)

    with op.batch_alter_table('receipt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('service_request_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('job_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('content_digest', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('code', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('label', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('answer', JSON, nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('photos', JSON, nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('phone_id', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('sequence', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('said_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('deliveries', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('replaced_by', sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column('dismissed_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('dismissed_by_id', sa.Uuid(), nullable=True))
        batch_op.alter_column('subject_id',
               existing_type=sa.Uuid(),
               nullable=True)
        batch_op.alter_column('reason',
               existing_type=sa.VARCHAR(length=500),
               type_=sa.Text(),
               existing_nullable=False)
        batch_op.create_index(batch_op.f('ix_receipt_service_request_id'), ['service_request_id'], unique=False)
        batch_op.create_index('ix_receipt_unsettled', ['site_id', 'received_at'], unique=False, sqlite_where=IS_UNSETTLED, postgresql_where=IS_UNSETTLED)
        batch_op.create_index('ix_receipt_settled', ['site_id', 'dismissed_at'], unique=False, sqlite_where=IS_SETTLED, postgresql_where=IS_SETTLED)
        batch_op.create_foreign_key(batch_op.f('fk_receipt_service_request_id_service_request'), 'service_request', ['service_request_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_receipt_dismissed_by_id_user'), 'user', ['dismissed_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_receipt_job_id_job'), 'job', ['job_id'], ['id'])


def downgrade():
    with op.batch_alter_table('receipt', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_receipt_job_id_job'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_receipt_dismissed_by_id_user'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_receipt_service_request_id_service_request'), type_='foreignkey')
        batch_op.drop_index('ix_receipt_settled', sqlite_where=IS_SETTLED, postgresql_where=IS_SETTLED)
        batch_op.drop_index('ix_receipt_unsettled', sqlite_where=IS_UNSETTLED, postgresql_where=IS_UNSETTLED)
        batch_op.drop_index(batch_op.f('ix_receipt_service_request_id'))
        batch_op.alter_column('reason',
               existing_type=sa.Text(),
               type_=sa.VARCHAR(length=500),
               existing_nullable=False)
        batch_op.alter_column('subject_id',
               existing_type=sa.Uuid(),
               nullable=False)
        batch_op.drop_column('dismissed_by_id')
        batch_op.drop_column('dismissed_at')
        batch_op.drop_column('replaced_by')
        batch_op.drop_column('deliveries')
        batch_op.drop_column('sent_at')
        batch_op.drop_column('said_at')
        batch_op.drop_column('sequence')
        batch_op.drop_column('phone_id')
        batch_op.drop_column('photos')
        batch_op.drop_column('answer')
        batch_op.drop_column('label')
        batch_op.drop_column('code')
        batch_op.drop_column('content_digest')
        batch_op.drop_column('job_id')
        batch_op.drop_column('service_request_id')

    with op.batch_alter_table('phone', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_phone_site_id'))

    op.drop_table('phone')